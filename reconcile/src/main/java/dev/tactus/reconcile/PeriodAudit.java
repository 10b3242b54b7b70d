package dev.tactus.reconcile;

import dev.tactus.lake.Lake;
import dev.tactus.lake.LakeTable;
import dev.tactus.lake.Workbench;
import dev.tactus.ledger.PeriodRecord;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A close against the lake: tags, every data file to the byte, the sorted CSV, and the join done over from the inputs
/// as they were.
final class PeriodAudit {
    private final Lake lake;
    private final Services services;
    private final int megabytes;
    private final PeriodRecord record;
    private final List<String> proven;
    private final Period period;

    PeriodAudit(Lake lake, Services services, int megabytes, PeriodRecord record, List<String> proven) {
        this.lake = lake;
        this.services = services;
        this.megabytes = megabytes;
        this.record = record;
        this.proven = proven;
        this.period = new Period(record.from(), record.to());
    }

    void prove() {
        Closed closed = Closed.of(lake, record)
                .orElseThrow(() -> new Mismatch(record.manifest(), "the manifest is missing or was changed"));
        Map<LakeTable, Long> snapshots = tags(closed);
        files(closed);
        try (Workbench bench = lake.workbench(megabytes, snapshots)) {
            csv(closed, bench);
            totals(closed, bench);
            joinedOver(closed, bench);
        }
    }

    private Map<LakeTable, Long> tags(Closed closed) {
        Map<LakeTable, Long> tagged = lake.tagged(closed.tag());
        Map<LakeTable, Long> said = new EnumMap<>(LakeTable.class);
        for (JsonNode table : closed.manifest().path("tables")) {
            said.put(
                    LakeTable.valueOf(table.path("table").asString().toUpperCase(Locale.ROOT)),
                    table.path("snapshot_id").asLong());
        }
        for (LakeTable table : LakeTable.values()) {
            Mismatch.unlessSame(
                    "the tag " + closed.tag() + " of " + table.label(),
                    "the snapshot",
                    Optional.ofNullable(said.get(table)),
                    Optional.ofNullable(tagged.get(table)));
        }
        proven.add(record.id() + ": the tags of " + said.size() + " tables");
        return said;
    }

    private void files(Closed closed) {
        long files = 0;
        long bytes = 0;
        for (JsonNode table : closed.manifest().path("tables")) {
            for (JsonNode file : table.path("files")) {
                String path = file.path("path").asString();
                String found = lake.sha256(path).orElseThrow(() -> new Mismatch(path, "the data file is missing"));
                Mismatch.unlessSame(
                        path, "the digest of the data file", file.path("sha256").asString(), found);
                files++;
                bytes += file.path("bytes").asLong();
            }
        }
        proven.add(record.id() + ": "
                + String.format(Locale.ROOT, "%,d data files, %,d bytes, each to the byte", files, bytes));
    }

    private void csv(Closed closed, Workbench bench) {
        ClosedCsv csv = new ClosedCsv(bench, record.source(), period);
        compare(closed, "csv", csv.reconciled(OutputStream.nullOutputStream()));
        compare(closed, "adjustments_csv", csv.adjustments(OutputStream.nullOutputStream()));
    }

    private void compare(Closed closed, String which, Csv.Written found) {
        JsonNode said = closed.manifest().path(which);
        String where = record.id() + ", " + which;
        Mismatch.unlessSame(where, "the number of rows", said.path("rows").asLong(), found.rows());
        Mismatch.unlessSame(
                where, "the digest of the sorted CSV", said.path("sha256").asString(), found.sha256());
        proven.add(where + ": " + String.format(Locale.ROOT, "%,d rows, the same to the byte", found.rows()));
    }

    private void totals(Closed closed, Workbench bench) {
        Totals.Line all = Totals.of(bench, bench.relation(Reconciler.reconciled(record.source(), period)), List.of())
                .all();
        JsonNode said = closed.manifest().path("totals");
        String where = record.id() + ", totals";
        Mismatch.unlessSame(where, "the rows", said.path("rows").asLong(), all.rows());
        Mismatch.unlessSame(
                where, "the payable counts", said.path("payable_count").asLong(), all.payable());
        proven.add(where + ": " + String.format(Locale.ROOT, "%,d payable", all.payable()));
    }

    /// The same join, from the tagged inputs, by the rules of then. Of the catalog only what was reconciled is known
    /// now: what was left out as not in it is compared by its sum.
    private void joinedOver(Closed closed, Workbench bench) {
        String source = record.source();
        String rows = bench.relation(Reconciler.reconciled(source, period));
        Statements.make(bench, asThen(closed, source), Joining.sales(period));
        CatalogTable.none(bench);
        if (!closed.catalogHash().isEmpty()) {
            bench.run("INSERT INTO catalog SELECT isrc, min(title), min(artists) FROM " + rows + " GROUP BY isrc");
        }
        Joining joining = new Joining(bench, closed.rules(), source, period, closed.reconciliationId());
        joining.look();
        joining.make();
        List<String> columns = LakeTable.RECONCILED.columns();
        String asked = "SELECT " + String.join(", ", columns) + " FROM ";
        String difference = "SELECT isrc, territory, usage_type FROM ((" + asked + rows + " EXCEPT ALL " + asked
                + "joined) UNION ALL (" + asked + "joined EXCEPT ALL " + asked + rows + ")) ORDER BY ALL LIMIT 1";
        List<String> differing = Asked.list(bench, difference, row -> row.get(0) + " " + row.get(1) + " " + row.get(2));
        if (!differing.isEmpty()) {
            throw new Mismatch(
                    record.id(), "done over from its inputs, " + differing.getFirst() + " comes to something else");
        }
        Map<LeftOut.Reason, Long> then = new EnumMap<>(LeftOut.Reason.class);
        for (JsonNode left : closed.manifest().path("totals").path("left_out")) {
            then.merge(
                    LeftOut.Reason.valueOf(left.path("reason").asString().toUpperCase(Locale.ROOT)),
                    left.path("quantity").asLong(),
                    Long::sum);
        }
        Map<LeftOut.Reason, Long> now = new EnumMap<>(LeftOut.Reason.class);
        new Conservation(bench, source, period)
                .leftOut()
                .forEach(left -> now.merge(left.reason(), left.quantity(), Long::sum));
        Mismatch.unlessSame(record.id() + ", what was left out", "the counts", then, now);
        proven.add(record.id() + ": joined over from its inputs, every row the same");
    }

    /// Services are recognised as they were then.
    private Services asThen(Closed closed, String source) {
        List<String> names = Manifest.texts(closed.manifest().path("services"));
        return names.isEmpty() ? services : new Services(Map.of(source, names));
    }
}
