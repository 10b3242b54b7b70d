package dev.tactus.reconcile.audit;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.Lake;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.music.identifiers.MessageText;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.files.CanonicalCsv;
import dev.tactus.reconcile.files.PeriodCsv;
import dev.tactus.reconcile.join.CatalogTable;
import dev.tactus.reconcile.join.ExcludedUsage;
import dev.tactus.reconcile.join.JoinInputs;
import dev.tactus.reconcile.join.JoinedRows;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.join.ReconcileQuery;
import dev.tactus.reconcile.join.ReconciliationTotals;
import dev.tactus.reconcile.join.StatementView;
import dev.tactus.reconcile.manifest.AuditMismatch;
import dev.tactus.reconcile.manifest.CanonicalJson;
import dev.tactus.reconcile.manifest.CloseManifest;
import dev.tactus.reconcile.manifest.RetentionManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// A close against the lake: tags, every data file to the byte, the sorted CSV, and the join done over from the inputs
/// as they were.
final class PeriodAudit {
    private final Lake lake;
    private final ServiceSources services;
    private final int megabytes;
    private final PeriodRecord record;
    private final List<String> proven;
    private final Period period;
    private final PeriodParts parts;

    PeriodAudit(Lake lake, ServiceSources services, int megabytes, PeriodRecord record, List<String> proven) {
        this.lake = lake;
        this.services = services;
        this.megabytes = megabytes;
        this.record = record;
        this.proven = proven;
        this.period = new Period(record.from(), record.to());
        this.parts = new PeriodParts(record.source(), period);
    }

    void prove() {
        CloseManifest manifest = CloseManifest.of(lake, record)
                .orElseThrow(() -> new AuditMismatch(record.manifest(), "the manifest is missing or was changed"));
        Map<LakeTable, Long> snapshots = tags(manifest);
        files(manifest);
        try (Workbench bench = lake.workbench(megabytes, snapshots)) {
            csv(manifest, bench);
            totals(manifest, bench);
            joinedOver(manifest, bench);
        }
    }

    private Map<LakeTable, Long> tags(CloseManifest manifest) {
        Map<LakeTable, Long> tagged = lake.tagged(manifest.tag());
        Map<LakeTable, Long> recorded = new EnumMap<>(LakeTable.class);
        for (JsonNode table : manifest.json().path("tables")) {
            recorded.put(
                    LakeTable.valueOf(table.path("table").asString().toUpperCase(Locale.ROOT)),
                    table.path("snapshot_id").asLong());
        }
        for (LakeTable table : LakeTable.values()) {
            AuditMismatch.unlessSame(
                    "the tag " + manifest.tag() + " of " + table.label(),
                    "the snapshot",
                    Optional.ofNullable(recorded.get(table)),
                    Optional.ofNullable(tagged.get(table)));
        }
        proven.add(record.id() + ": the tags of " + MessageText.counted(recorded.size(), "table", "tables"));
        return recorded;
    }

    private void files(CloseManifest manifest) {
        long files = 0;
        long bytes = 0;
        Map<String, Long> released = new TreeMap<>();
        for (JsonNode table : manifest.json().path("tables")) {
            for (JsonNode file : table.path("files")) {
                String path = file.path("path").asString();
                Optional<String> retention = lake.retention().of(path);
                if (retention.isPresent()) {
                    released(path, file.path("sha256").asString(), retention.get());
                    released.merge(retention.get(), 1L, Long::sum);
                    continue;
                }
                String found = lake.folder()
                        .sha256(path)
                        .orElseThrow(() -> new AuditMismatch(path, "the data file is missing"));
                AuditMismatch.unlessSame(
                        path, "the digest of the data file", file.path("sha256").asString(), found);
                files++;
                bytes += file.path("bytes").asLong();
            }
        }
        proven.add(record.id() + ": "
                + MessageText.counted(files, "data file", "data files")
                + String.format(Locale.ROOT, " (%,d bytes), unchanged to the byte", bytes));
        released.forEach((retention, count) -> proven.add(record.id() + ": "
                + MessageText.counted(count, "data file", "data files")
                + " let go, whose bytes can't be compared any more: the manifest, the record of the retention and the"
                + " files that took their place say the same of them ("
                + RetentionManifest.of(lake, retention).orElseThrow().record().said() + ")"));
    }

    /// The old file is gone: its digest is on two records, and the rows are in the file that took its place.
    private void released(String path, String sha256, String retention) {
        RetentionManifest manifest = RetentionManifest.of(lake, retention)
                .orElseThrow(() -> new AuditMismatch(path, "the record of the retention " + retention + " is missing"));
        AuditMismatch.unlessSame(
                path,
                "the digest that the retention " + retention + " has noted",
                Optional.of(sha256),
                manifest.sha256(path));
    }

    private void csv(CloseManifest manifest, Workbench bench) {
        PeriodCsv csv = new PeriodCsv(bench, parts, manifest.rules().home());
        compare(manifest, "csv", csv.reconciled(OutputStream.nullOutputStream()));
        compare(manifest, "adjustments_csv", csv.adjustments(OutputStream.nullOutputStream()));
    }

    private void compare(CloseManifest manifest, String which, CanonicalCsv.Digest found) {
        JsonNode recorded = manifest.json().path(which);
        String where = record.id() + ", " + which;
        AuditMismatch.unlessSame(
                where, "the number of rows", recorded.path("rows").asLong(), found.rows());
        AuditMismatch.unlessSame(
                where, "the digest of the sorted CSV", recorded.path("sha256").asString(), found.sha256());
        if (manifest.json().has("merkle")) {
            AuditMismatch.unlessSame(
                    where,
                    "the root of the tree of rows",
                    manifest.json().path("merkle").path(which).asString(),
                    found.merkleRoot());
        }
        Optional<String> path = recorded.path("path").asStringOpt();
        path.ifPresent(file -> AuditMismatch.unlessSame(
                file,
                "the digest of the CSV",
                found.sha256(),
                lake.folder().sha256(file).orElseThrow(() -> new AuditMismatch(file, "the CSV is missing"))));
        proven.add(where + ": " + String.format(Locale.ROOT, "%,d rows, identical to the byte", found.rows())
                + (path.isPresent() ? ", and so is " + path.get() : ""));
        if (found.rows() > 0 || which.equals("csv")) {
            recorded.path("copy").asStringOpt().ifPresent(copy -> copy(where, copy, found.sha256()));
        }
    }

    /// What people pay from, where it lies beside the lake. They may have moved it away.
    private void copy(String where, String copy, String sha256) {
        Path file = lake.folder().resolve(copy).toAbsolutePath().normalize();
        if (!Files.isRegularFile(file)) {
            proven.add(where + ": the copy for people is no longer at " + file + ", so that it was not compared");
            return;
        }
        try {
            AuditMismatch.unlessSame(
                    file.toString(),
                    "the digest of the copy of " + record.id() + " for people",
                    sha256,
                    Sha256.of(file).hex());
        } catch (IOException e) {
            throw LakeFailures.of("the copy " + file + " can't be read", e);
        }
        proven.add(where + ": the copy for people is the same, " + file);
    }

    private void totals(CloseManifest manifest, Workbench bench) {
        ReconciliationTotals.Sums all = ReconciliationTotals.of(bench, bench.relation(parts.reconciled()), List.of())
                .all();
        JsonNode recorded = manifest.json().path("totals");
        String where = record.id() + ", totals";
        AuditMismatch.unlessSame(where, "the rows", recorded.path("rows").asLong(), all.rows());
        AuditMismatch.unlessSame(
                where, "the payable counts", recorded.path("payable_count").asLong(), all.payable());
        proven.add(where + ": " + String.format(Locale.ROOT, "%,d payable", all.payable()));
    }

    /// The same join, from the tagged inputs, by the rules of then. Of the catalog only what was reconciled is known
    /// now: what was left out as not in it is compared by its sum.
    private void joinedOver(CloseManifest manifest, Workbench bench) {
        String rows = bench.relation(parts.reconciled());
        CatalogTable catalog =
                manifest.catalogHash().isEmpty() ? CatalogTable.empty(bench) : CatalogTable.of(bench, rows);
        JoinInputs inputs = JoinInputs.make(
                StatementView.make(bench, asThen(manifest, record.source()), period),
                catalog,
                record.source(),
                manifest.rules().groups());
        JoinedRows joined = ReconcileQuery.join(inputs, manifest.rules(), manifest.reconciliationId());
        List<String> differing = QueryRows.list(
                bench,
                SqlResource.of(PeriodAudit.class, "difference")
                        .insert("columns", String.join(", ", LakeTable.RECONCILED.columns()))
                        .insert("closed", rows)
                        .insert("joined", joined.relation())
                        .text(),
                row -> row.get(0) + " " + row.get(1) + " " + row.get(2));
        if (!differing.isEmpty()) {
            throw new AuditMismatch(
                    record.id(), "reconciled again from its inputs, " + differing.getFirst() + " has another result");
        }
        Map<ExcludedUsage.Reason, Long> then = new EnumMap<>(ExcludedUsage.Reason.class);
        for (JsonNode left : manifest.json().path("totals").path("left_out")) {
            then.merge(
                    ExcludedUsage.Reason.named(left.path("reason").asString()),
                    left.path("quantity").asLong(),
                    Long::sum);
        }
        Map<ExcludedUsage.Reason, Long> now = new EnumMap<>(ExcludedUsage.Reason.class);
        inputs.excluded().forEach(left -> now.merge(left.reason(), left.quantity(), Long::sum));
        AuditMismatch.unlessSame(record.id() + ", what was left out", "the counts", then, now);
        proven.add(record.id() + ": reconciled again from its inputs, every row identical");
    }

    /// Services are recognised as they were then.
    private ServiceSources asThen(CloseManifest manifest, String source) {
        List<String> names = CanonicalJson.texts(manifest.json().path("services"));
        return names.isEmpty() ? services : new ServiceSources(Map.of(source, names));
    }
}
