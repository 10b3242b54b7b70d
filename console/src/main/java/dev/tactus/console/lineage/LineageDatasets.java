package dev.tactus.console.lineage;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.JsonObject;
import dev.tactus.lake.Lake;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.music.Dataset;
import dev.tactus.reconcile.join.Reconciliation;
import dev.tactus.reports.delivery.ImportOutcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/// What runs, imports and reconciliations read and write, as lineage names it.
public final class LineageDatasets {
    private LineageDatasets() {}

    /// A source's data sets at its server, and the catalog.
    public static List<Lineage.Data> read(Configuration configuration, URI server, Set<Dataset> datasets) {
        List<Lineage.Data> inputs = new ArrayList<>();
        inputs.add(Lineage.Data.of("file", configuration.catalog().toString()));
        String namespace = server.getScheme() + "://" + server.getAuthority();
        datasets.stream().sorted().forEach(dataset -> inputs.add(Lineage.Data.of(namespace, dataset.label())));
        return inputs;
    }

    /// Tables that a run or an import has put rows into.
    public static List<Lineage.Data> committed(Configuration configuration, List<TableCommit> tables) {
        return tables.stream()
                .filter(one -> one.rows() > 0)
                .map(one ->
                        table(configuration, one.table(), Optional.of(one.snapshotId()), OptionalLong.of(one.rows())))
                .toList();
    }

    /// Tells of one report: a job of its own, done or failed; nothing where its content was known.
    public static void tell(Lineage lineage, Configuration configuration, Lake lake, ImportOutcome outcome) {
        List<Lineage.Data> file = List.of(Lineage.Data.of("file", outcome.name()));
        switch (outcome) {
            case ImportOutcome.Imported imported -> {
                Report report = imported.report();
                try (Lineage.Task task = lineage.begin("reports.import", file)) {
                    task.complete(
                            file,
                            committed(configuration, lake.landed(report.publication())),
                            JsonObject.of("report_id", report.id())
                                    .put("sha256", report.sha256())
                                    .put("layout", report.layout())
                                    .put("read", report.counts().read())
                                    .put("landed", report.counts().landed())
                                    .put("rejected", report.counts().rejected())
                                    .put("skipped", report.counts().skipped()));
                }
            }
            case ImportOutcome.Refused refused -> {
                try (Lineage.Task task = lineage.begin("reports.import", file)) {
                    task.fail(refused.message());
                }
            }
            case ImportOutcome.Known _ -> {}
        }
    }

    /// Reconciles, and tells of it.
    public static Reconciliation traced(
            Lineage lineage, Configuration configuration, String source, Supplier<Reconciliation> reconciling) {
        try (Lineage.Task task = lineage.begin("reconcile." + source, List.of())) {
            Reconciliation done = reconciling.get();
            complete(
                    task,
                    configuration,
                    done,
                    JsonObject.of("reconciliation_id", done.id())
                            .put("period", done.period().label()));
            return done;
        }
    }

    /// Tells that a period was reconciled.
    public static void complete(Lineage.Task task, Configuration configuration, Reconciliation done, JsonObject facts) {
        List<Lineage.Data> inputs = new ArrayList<>();
        done.inputs()
                .forEach((table, snapshot) ->
                        inputs.add(table(configuration, table, Optional.of(snapshot), OptionalLong.empty())));
        List<Lineage.Data> outputs = new ArrayList<>();
        done.outputs()
                .forEach((table, snapshot) -> outputs.add(table(
                        configuration,
                        table,
                        Optional.of(snapshot),
                        OptionalLong.of(
                                table == LakeTable.RECONCILED
                                        ? done.totals().all().rows()
                                        : done.adjustments().stream()
                                                .mapToLong(one -> one.rows())
                                                .sum()))));
        task.complete(inputs, outputs, facts);
    }

    private static Lineage.Data table(
            Configuration configuration, LakeTable table, Optional<Long> snapshot, OptionalLong rows) {
        return new Lineage.Data(
                configuration
                        .lake()
                        .folder()
                        .map(folder -> "file://" + folder)
                        .orElseGet(() -> configuration.lake().warehouse()),
                "tactus." + table.label(),
                snapshot,
                rows);
    }
}
