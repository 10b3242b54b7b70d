package dev.tactus.console;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.LedgerLock;
import dev.tactus.reconcile.BadPeriod;
import dev.tactus.reconcile.LeftOut;
import dev.tactus.reconcile.Outputs;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.Reconciler;
import dev.tactus.reconcile.Reconciliation;
import dev.tactus.reconcile.Status;
import dev.tactus.reconcile.Totals;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reconcile",
        description = "Sets what the API counted beside what sales reports say: payable counts with their basis, in the"
                + " table reconciled, and as CSV, XLSX and HTML for people.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus reconcile --period 2026-10",
            "  tactus reconcile --period 2026-10-01..2026-11-04 --source spotify"
        })
final class ReconcileCommand implements Callable<Integer> {
    /// DuckDB's share of one gigabyte; the heap and the rest of the process need the other half.
    static final int MEGABYTES = 512;

    @Mixin
    private final Common common;

    @Option(
            names = "--period",
            required = true,
            paramLabel = "P",
            description = "A month (2026-10), a quarter (2026-Q4) or days (2026-10-01..2026-11-04).")
    private String period = "";

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "One source. Default: all, and every service that reports name.")
    private @Nullable String source;

    @Option(names = "--no-files", description = "Write the table alone, no CSV, XLSX and HTML.")
    private boolean tableAlone;

    ReconcileCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        Period asked = period(period);
        Configuration configuration = common.configuration();
        if (source != null) {
            configuration.source(source);
        }
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        try (Ledger ledger = Ledgers.forWriting(configuration, common.console());
                LedgerLock _ = ledger.lock("reconcile");
                Lake lake = Lakes.existing(configuration)) {
            Reconciler reconciler =
                    new Reconciler(ledger, lake, configuration.services(), configuration.rules(), MEGABYTES);
            Collection<String> sources = source == null ? reconciler.sources(asked) : List.of(source);
            for (String one : sources) {
                Reconciliation done = reconciler.reconcile(one, asked);
                List<Path> files = tableAlone ? List.of() : outputs(lake, configuration, done);
                if (common.json) {
                    results.add(fields(done, files));
                } else {
                    lines(done, files).forEach(common::print);
                }
            }
        }
        if (common.json) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("period", asked.label());
            object.put("sources", results);
            common.printJson(true, object);
        }
        return Exit.DONE;
    }

    static Period period(String text) {
        try {
            return Period.parse(text);
        } catch (BadPeriod e) {
            throw Failure.usage("--period: " + e.getMessage());
        }
    }

    private static List<Path> outputs(Lake lake, Configuration configuration, Reconciliation done) {
        try {
            return new Outputs(lake, configuration.reconciled(), MEGABYTES).write(done);
        } catch (UncheckedIOException e) {
            throw Failure.failed("the files for people can't be written to " + configuration.reconciled() + ": "
                    + Problems.of(e.getCause()) + ". The table reconciled is complete");
        }
    }

    private static List<String> lines(Reconciliation done, List<Path> files) {
        List<String> lines = new ArrayList<>();
        Totals totals = done.totals();
        lines.add(done.source() + " " + done.period() + " (" + done.id() + (done.written() ? "" : ", unchanged") + ")");
        lines.add("");
        Table table = new Table("STATUS", "ROWS", "API", "REPORT", "PAYABLE", "PROVISIONAL");
        for (Status status : Status.values()) {
            row(table, status.label().replace('_', ' '), totals.of(status));
        }
        row(table, "all", totals.all());
        lines.addAll(table.lines());
        totals.revenues()
                .forEach(money -> lines.add("earned " + money.amount().toPlainString() + " " + money.currency()));
        for (LeftOut left : totals.leftOut()) {
            lines.add("left out: " + Words.counted(left.rows(), "row", "rows") + " of " + left.reportId() + " ("
                    + Words.count(left.quantity()) + " counts, " + left.usage() + ") "
                    + left.reason().words());
        }
        files.forEach(file -> lines.add("wrote " + file));
        lines.add("");
        return lines;
    }

    private static void row(Table table, String name, Totals.Line line) {
        table.row(
                name,
                Words.count(line.rows()),
                Words.count(line.api()),
                Words.count(line.report()),
                Words.count(line.payable()),
                Words.count(line.provisional()));
    }

    private static Map<String, @Nullable Object> fields(Reconciliation done, List<Path> files) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("source", done.source());
        fields.put("period", done.period().label());
        fields.put("reconciliation_id", done.id());
        fields.put("written", done.written());
        fields.put("snapshot_id", done.snapshotId());
        Map<String, Object> inputs = new LinkedHashMap<>();
        done.inputs().forEach((table, snapshot) -> inputs.put(table.label(), snapshot));
        fields.put("inputs", inputs);
        fields.putAll(fields(done.totals().all()));
        Map<String, Object> statuses = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            statuses.put(status.label(), fields(done.totals().of(status)));
        }
        fields.put("statuses", statuses);
        Map<String, Object> revenues = new LinkedHashMap<>();
        done.totals().revenues().forEach(money -> revenues.put(money.currency(), money.amount()));
        fields.put("revenues", revenues);
        fields.put(
                "left_out",
                done.totals().leftOut().stream().map(ReconcileCommand::fields).toList());
        fields.put("files", files.stream().map(Path::toString).toList());
        return fields;
    }

    private static Map<String, Object> fields(Totals.Line line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rows", line.rows());
        fields.put("api_count", line.api());
        fields.put("report_count", line.report());
        fields.put("payable_count", line.payable());
        fields.put("provisional_count", line.provisional());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(LeftOut left) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("reason", left.reason().label());
        fields.put("report_id", left.reportId());
        fields.put("usage", left.usage().label());
        fields.put("rows", left.rows());
        fields.put("quantity", left.quantity());
        fields.put("currency", left.revenue().map(money -> money.currency()).orElse(null));
        fields.put("revenue", left.revenue().map(money -> money.amount()).orElse(null));
        return fields;
    }
}
