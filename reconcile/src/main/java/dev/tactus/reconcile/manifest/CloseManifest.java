package dev.tactus.reconcile.manifest;

import dev.tactus.lake.Lake;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.IntegrityFailure;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconciliationRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.LocalDate;
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
    public static final String FOLDER = "closes";

    /// What the digests beside a manifest that is on the record are called after its id.
    public static final String SUMS = ".sha256";

    /// What they are called as long as the ledger has no record of it.
    public static final String UNRECORDED = ".unrecorded";

    /// The path of something that belongs to a close or reopening, relative to the lake's folder.
    public static String path(String id, String kind) {
        return FOLDER + "/" + id + kind;
    }

    /// One that was written just now.
    public static CloseManifest of(PeriodRecord record, CanonicalJson manifest) {
        return new CloseManifest(record, manifest.read().orElseThrow());
    }

    /// Reads it; empty where the manifest is gone or no longer what the ledger says it is.
    public static Optional<CloseManifest> of(Lake lake, PeriodRecord record) {
        return manifest(lake, record)
                .filter(manifest -> manifest.sha256().equals(record.manifestSha256()))
                .flatMap(CanonicalJson::read)
                .map(read -> new CloseManifest(record, read));
    }

    /// What a manifest says that the ledger's record of it would; empty where it can't be read.
    ///
    /// @param path relative to the lake's folder
    public static Optional<PeriodRecord> record(Lake lake, String path) {
        return manifest(lake, path)
                .flatMap(manifest -> manifest.read()
                        .filter(says -> says.path("format").asString("").startsWith("tactus-close/"))
                        .map(says -> record(path, manifest.sha256(), says)));
    }

    private static PeriodRecord record(String path, String sha256, JsonNode says) {
        boolean closes = says.path("kind").asString().equals("close");
        return new PeriodRecord(
                says.path("number").asLong(),
                says.path("id").asString(),
                says.path("source").asString(),
                LocalDate.parse(says.path("from").asString()),
                LocalDate.parse(says.path("to").asString()),
                says.path("by").asString(),
                says.path(closes ? "accepted" : "reason").asStringOpt(),
                closes
                        ? Optional.empty()
                        : Optional.of(says.path("reopens_number").asLong()),
                path,
                sha256,
                says.path("previous_sha256").asStringOpt(),
                Instant.parse(says.path("at").asString()));
    }

    /// What to throw where it is not.
    public static IntegrityFailure damaged(PeriodRecord record) {
        return new IntegrityFailure("the manifest " + record.manifest() + " of the close " + record.id()
                + " is missing or was changed. Restore it from a backup; tactus audit --period "
                + new Period(record.from(), record.to()) + " shows what is expected");
    }

    static Optional<CanonicalJson> manifest(Lake lake, PeriodRecord record) {
        return manifest(lake, record.manifest());
    }

    private static Optional<CanonicalJson> manifest(Lake lake, String path) {
        try {
            return Optional.of(
                    new CanonicalJson(Files.readAllBytes(lake.folder().resolve(path))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw LakeFailures.of("the file " + path + " of the lake can't be read", e);
        }
    }

    /// Whether digests lie beside it: earlier versions wrote none.
    public boolean hasSums() {
        return !json.path("format").asString("").equals("tactus-close/1");
    }

    /// The digests of manifest and CSVs, as `sha256sum -c` reads them.
    public byte[] sums() {
        StringBuilder lines = new StringBuilder(line(record.manifestSha256(), record.manifest()));
        for (String csv : List.of("csv", "adjustments_csv")) {
            if (json.has(csv)) {
                lines.append(line(
                        json.path(csv).path("sha256").asString(),
                        json.path(csv).path("path").asString()));
            }
        }
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String line(String sha256, String path) {
        return sha256 + "  " + path.substring(path.lastIndexOf('/') + 1) + "\n";
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
