package dev.tactus.reconcile.audit;

import dev.tactus.lake.Lake;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.music.identifiers.MessageText;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.manifest.AuditMismatch;
import dev.tactus.reconcile.manifest.CloseManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The folder `closes` beside the ledger's record: the digests that lie beside each manifest, and what lies there of
/// closes that the ledger does not know.
final class CloseFolderAudit {
    private static final List<String> KINDS =
            List.of(".json", "-adjustments.csv", ".csv", CloseManifest.SUMS, CloseManifest.UNRECORDED);

    private final Ledger ledger;
    private final Lake lake;
    private final AuditScope scope;

    CloseFolderAudit(Ledger ledger, Lake lake, AuditScope scope) {
        this.ledger = ledger;
        this.lake = lake;
        this.scope = scope;
    }

    void prove() {
        Map<String, PeriodRecord> known = new LinkedHashMap<>();
        ledger.periods().list().forEach(record -> known.put(record.id(), record));
        Set<String> names = Set.copyOf(lake.folder().names(CloseManifest.FOLDER));
        long proven = 0;
        for (PeriodRecord record : known.values()) {
            CloseManifest manifest = CloseManifest.of(lake, record)
                    .orElseThrow(() -> new AuditMismatch(record.manifest(), "the manifest is missing or was changed"));
            if (names.contains(record.id() + CloseManifest.UNRECORDED)) {
                scope.unfinished(what(record) + record.id() + ": it is on the record, and a kill kept the lake's folder"
                        + " from saying so; " + again(record) + " ends it");
            } else if (manifest.hasSums()) {
                sums(manifest, names);
                csvs(manifest);
                proven++;
            }
        }
        strays(known, names);
        if (proven > 0) {
            scope.proven("the digests beside " + MessageText.counted(proven, "manifest", "manifests")
                    + " in closes/ are those of manifests and CSVs");
        }
    }

    private void sums(CloseManifest manifest, Set<String> names) {
        PeriodRecord record = manifest.record();
        String path = CloseManifest.path(record.id(), CloseManifest.SUMS);
        if (!names.contains(record.id() + CloseManifest.SUMS)) {
            throw new AuditMismatch(path, "the digests are missing; " + again(record) + " writes them anew");
        }
        String expected = new String(manifest.sums(), StandardCharsets.US_ASCII);
        String found = content(path);
        if (!expected.equals(found)) {
            throw new AuditMismatch(
                    path,
                    "the digests were changed: they should be " + oneLine(expected) + " but are " + oneLine(found)
                            + ". Delete that file; " + again(record) + " writes it anew");
        }
    }

    /// Those of closes that were reopened, too.
    private void csvs(CloseManifest manifest) {
        for (String csv : List.of("csv", "adjustments_csv")) {
            manifest.json()
                    .path(csv)
                    .path("path")
                    .asStringOpt()
                    .ifPresent(path -> AuditMismatch.unlessSame(
                            path,
                            "the digest of the CSV",
                            manifest.json().path(csv).path("sha256").asString(),
                            lake.folder()
                                    .sha256(path)
                                    .orElseThrow(() -> new AuditMismatch(path, "the CSV is missing"))));
        }
    }

    private String content(String path) {
        try {
            return new String(Files.readAllBytes(lake.folder().resolve(path)), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw LakeFailures.of("the file " + path + " of the lake can't be read", e);
        }
    }

    private static String oneLine(String sums) {
        return sums.strip().replace("\n", ", ");
    }

    private void strays(Map<String, PeriodRecord> known, Set<String> names) {
        long last =
                known.values().stream().mapToLong(PeriodRecord::number).max().orElse(0);
        Map<String, Boolean> strays = new HashMap<>();
        for (String name : names) {
            String id = id(name);
            if (!known.containsKey(id) && !name.startsWith(".")) {
                strays.merge(
                        id,
                        name.endsWith(".json") && !names.contains(id + CloseManifest.UNRECORDED),
                        Boolean::logicalOr);
            }
        }
        strays.keySet().stream().sorted().forEach(id -> {
            String number = id.substring(0, Math.max(0, id.indexOf('-')));
            boolean next = number.matches("[0-9]{4,18}") && Long.parseLong(number) > last;
            if (!next || strays.getOrDefault(id, false)) {
                throw new AuditMismatch(
                        CloseManifest.path(id, ".json"),
                        "the ledger has no record of it: nothing is closed or reopened by it. "
                                + (next
                                        ? "The next close or reopening takes it away"
                                        : "Move the files that begin with " + id + " out of the folder")
                                + "; if it was closed, bring ledger and lake back from one backup (tactus restore)");
            }
            scope.unfinished("closes/" + id + ": a close or reopening that was cut off before it was on the record;"
                    + " nothing is closed or reopened by it. Repeat the command; else the next close or reopening takes"
                    + " it away");
        });
    }

    private static String id(String name) {
        return KINDS.stream()
                .filter(name::endsWith)
                .findFirst()
                .map(kind -> name.substring(0, name.length() - kind.length()))
                .orElse(name);
    }

    private static String what(PeriodRecord record) {
        return record.closes() ? "close " : "reopening ";
    }

    private static String again(PeriodRecord record) {
        String command = record.closes() ? "close" : "reopen";
        return "tactus " + command + " --period " + new Period(record.from(), record.to()) + " again";
    }
}
