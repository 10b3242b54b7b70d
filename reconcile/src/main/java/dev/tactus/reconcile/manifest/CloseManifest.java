package dev.tactus.reconcile.manifest;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.IntegrityFailure;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconciliationRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The manifest of a close: what it stands on and what it came to.
///
/// @param record what the ledger says of it
/// @param json what the manifest says
public record CloseManifest(PeriodRecord record, JsonNode json) {
    /// Reads it; empty where the manifest is gone or no longer what the ledger says it is.
    public static Optional<CloseManifest> of(Lake lake, PeriodRecord record) {
        return manifest(lake, record)
                .filter(manifest -> manifest.sha256().equals(record.manifestSha256()))
                .flatMap(CanonicalJson::read)
                .map(read -> new CloseManifest(record, read));
    }

    /// What to throw where it is not.
    public static IntegrityFailure damaged(PeriodRecord record) {
        return new IntegrityFailure("the manifest " + record.manifest() + " of the close " + record.id()
                + " is missing or was changed. Restore it from a backup; tactus audit --period "
                + new Period(record.from(), record.to()) + " shows what is expected");
    }

    static Optional<CanonicalJson> manifest(Lake lake, PeriodRecord record) {
        try {
            return Optional.of(
                    new CanonicalJson(Files.readAllBytes(lake.folder().resolve(record.manifest()))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Period period() {
        return new Period(record.from(), record.to());
    }

    public String tag() {
        return json.path("tag").asString();
    }

    public ReconciliationRules rules() {
        Map<String, String> written = new LinkedHashMap<>();
        json.path("rules")
                .properties()
                .forEach(rule -> written.put(rule.getKey(), rule.getValue().asString()));
        return ReconciliationRules.ofWritten(written);
    }

    public String catalogHash() {
        return json.path("catalog_hash").asString();
    }

    public String reconciliationId() {
        return json.path("reconciliation_id").asString();
    }

    /// The digests of the data files that it stands on, by path.
    public Map<String, String> digests() {
        Map<String, String> digests = new HashMap<>();
        for (JsonNode one : json.path("tables")) {
            one.path("files")
                    .forEach(file -> digests.put(
                            file.path("path").asString(), file.path("sha256").asString()));
        }
        return digests;
    }

    /// The paths of a table's files that it stands on, sorted.
    public List<String> files(String table) {
        List<String> paths = new ArrayList<>();
        for (JsonNode one : json.path("tables")) {
            if (one.path("table").asString().equals(table)) {
                one.path("files").forEach(file -> paths.add(file.path("path").asString()));
            }
        }
        return paths.stream().sorted().toList();
    }
}
