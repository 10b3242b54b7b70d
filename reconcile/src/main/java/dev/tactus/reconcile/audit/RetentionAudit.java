package dev.tactus.reconcile.audit;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.retention.RetentionKind;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.retention.RetentionRecord;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.manifest.AuditMismatch;
import dev.tactus.reconcile.manifest.RetentionManifest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What was let go: the chain of its records, the manifests, and that nothing is missing that nobody let go.
final class RetentionAudit {
    private final Ledger ledger;
    private final Lake lake;
    private final int megabytes;
    private final AuditScope scope;

    RetentionAudit(Ledger ledger, Lake lake, int megabytes, AuditScope scope) {
        this.ledger = ledger;
        this.lake = lake;
        this.megabytes = megabytes;
        this.scope = scope;
    }

    void prove() {
        List<RetentionRecord> accounted = chain();
        List<RetentionRecord> records = ledger.retentions().list();
        for (RetentionRecord record : records) {
            if (!lake.retention().leftOver(record.id()).isEmpty()) {
                scope.unfinished("retention " + record.id()
                        + ": files that should be gone are still on the disk; tactus lake retain ends it");
            }
            scope.released(record.said()
                    + String.format(
                            Locale.ROOT, ": %,d rows and %,d dead letters", record.rows(), record.deadLetters()));
        }
        missing(accounted);
        scope.looked("retentions", records.size());
    }

    /// The records alone: each is what the lake's folder says, and names the one before. What a kill has cut after
    /// bytes
    /// were let go is among them.
    List<RetentionRecord> chain() {
        List<RetentionRecord> records = ledger.retentions().list();
        Optional<String> previous = Optional.empty();
        for (RetentionRecord record : records) {
            AuditMismatch.unlessSame(
                    "the retention " + record.id(),
                    "the digest of the previous one",
                    previous,
                    record.previousSha256());
            manifest(record);
            previous = Optional.of(record.manifestSha256());
        }
        if (!records.isEmpty()) {
            scope.proven("the chain of " + records.size()
                    + " retentions: whatever is not there any more was let go on the record");
        }
        List<RetentionRecord> accounted = new ArrayList<>(records);
        for (String id : RetentionManifest.ids(lake)) {
            if (records.stream().noneMatch(record -> record.id().equals(id))) {
                scope.unfinished("retention " + id + ": a kill has cut it; tactus lake retain ends it");
                if (lake.retention().knows(id)) {
                    RetentionManifest.of(lake, id).ifPresent(manifest -> accounted.add(manifest.record()));
                }
            }
        }
        return accounted;
    }

    private void manifest(RetentionRecord record) {
        RetentionManifest manifest = RetentionManifest.of(lake, record.id())
                .orElseThrow(() ->
                        new AuditMismatch(record.manifest(), "the manifest of the retention is missing or damaged"));
        AuditMismatch.unlessSame(
                record.manifest(),
                "the digest of the manifest",
                record.manifestSha256(),
                manifest.record().manifestSha256());
        AuditMismatch.unlessSame(record.manifest(), "what the manifest says", record, manifest.record());
        AuditMismatch.unlessSame(
                RetentionManifest.sums(record.id()),
                "the digest beside the manifest",
                Optional.of(Sha256.of(RetentionManifest.sums(record.id(), record.manifestSha256()))
                        .hex()),
                lake.folder().sha256(RetentionManifest.sums(record.id())));
        for (JsonNode file : manifest.json().path("files")) {
            String path = file.path("path").asString("");
            AuditMismatch.unlessSame(
                    path,
                    "the retention that let it go",
                    Optional.of(record.id()),
                    lake.retention().of(path));
        }
    }

    /// Bytes that are not there and were not old enough for any retention.
    private void missing(List<RetentionRecord> records) {
        try (Workbench bench = lake.workbench(megabytes)) {
            QueryRows.texts(
                            bench,
                            "SELECT payload_sha256 FROM " + bench.relation(TablePart.all(LakeTable.PAYLOADS))
                                    + " WHERE body IS NULL AND fetched_at >= TIMESTAMPTZ '"
                                    + before(records, RetentionKind.PAYLOADS)
                                            .atStartOfDay(ZoneOffset.UTC)
                                            .toInstant() + "' ORDER BY 1 LIMIT 1")
                    .forEach(sha256 -> {
                        throw new AuditMismatch(
                                "payload " + sha256, "its bytes are not there, and no retention has let them go");
                    });
            LocalDate statements = before(records, RetentionKind.STATEMENTS);
            for (String id : QueryRows.texts(
                    bench,
                    "SELECT DISTINCT report_id FROM " + bench.relation(TablePart.all(LakeTable.SALES))
                            + " WHERE raw IS NULL ORDER BY 1")) {
                ledger.reports()
                        .find(id)
                        .filter(report -> !report.at()
                                .isBefore(
                                        statements.atStartOfDay(ZoneOffset.UTC).toInstant()))
                        .ifPresent(report -> {
                            throw new AuditMismatch(
                                    "report " + id,
                                    "the text of its rows is not there, and no retention has let it go");
                        });
            }
        }
    }

    private static LocalDate before(List<RetentionRecord> records, RetentionKind kind) {
        return records.stream()
                .filter(record -> record.kind().equals(kind.label()))
                .map(RetentionRecord::before)
                .max(Comparator.naturalOrder())
                .orElse(LocalDate.EPOCH);
    }
}
