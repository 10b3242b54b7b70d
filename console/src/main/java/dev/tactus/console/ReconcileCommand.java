package dev.tactus.console;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.LedgerLock;
import dev.tactus.ledger.PeriodRecord;
import dev.tactus.reconcile.Coverage;
import dev.tactus.reconcile.Exporting;
import dev.tactus.reconcile.LeftOut;
import dev.tactus.reconcile.Outputs;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.Reconciler;
import dev.tactus.reconcile.Reconciliation;
import dev.tactus.reconcile.Status;
import dev.tactus.reconcile.Told;
import dev.tactus.reconcile.Totals;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reconcile",
        description = "Sets what the API counted beside what sales reports say: payable counts with their basis, in the"
                + " table reconciled, and as CSV for people.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus reconcile --period 2026-10",
            "  tactus reconcile --period 2026-10-01..2026-11-04 --source spotify",
            "  tactus reconcile --period 2026-10 --source spotify --closed > october.csv    as it was closed"
        })
final class ReconcileCommand implements Callable<Integer> {
    @Mixin
    private final Common common;

    @Mixin
    private final PeriodChoice choice = new PeriodChoice();

    @Option(names = "--no-files", description = "Write the table alone, no CSV.")
    private boolean tableAlone;

    @Option(
            names = "--closed",
            description = "Write a closed period's CSV as it was closed, the same bytes for ever; reconciles nothing.")
    private boolean closed;

    @Option(names = "--out", paramLabel = "FILE", description = "With --closed: into this file rather than to stdout.")
    private @Nullable Path out;

    ReconcileCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        choice.period();
        if (out != null && !closed) {
            throw Failure.usage("--out goes with --closed");
        }
        return closed ? export() : reconcile();
    }

    private int reconcile() {
        Configuration configuration = common.configuration();
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        try (Ledger ledger = Ledgers.forWriting(configuration, common.console());
                LedgerLock _ = ledger.lock("reconcile");
                Lake lake = Lakes.existing(configuration)) {
            Reconciler reconciler = new Reconciler(
                    ledger, lake, configuration.services(), configuration.rules(), PeriodChoice.MEGABYTES);
            for (String source : choice.sources(configuration, reconciler)) {
                Reconciliation done = reconciler.reconcile(source, choice.period());
                Optional<Coverage> coverage =
                        tableAlone ? Optional.empty() : Optional.of(reconciler.coverage(source, choice.period()));
                List<Path> files = coverage.map(found -> outputs(lake, configuration, done, found))
                        .orElseGet(List::of);
                if (common.json) {
                    results.add(fields(done, coverage, files));
                } else {
                    lines(done, coverage, files).forEach(common::print);
                }
            }
        }
        if (common.json) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("period", choice.period().label());
            object.put("sources", results);
            common.printJson(true, object);
        }
        return Exit.DONE;
    }

    private static List<Path> outputs(Lake lake, Configuration configuration, Reconciliation done, Coverage coverage) {
        try {
            return new Outputs(lake, configuration.reconciled(), PeriodChoice.MEGABYTES).write(done, coverage);
        } catch (UncheckedIOException e) {
            throw Failure.failed("the files for people can't be written to " + configuration.reconciled() + ": "
                    + Problems.of(Objects.requireNonNull(e.getCause())) + ". The table reconciled is complete");
        }
    }

    private int export() {
        Configuration configuration = common.configuration();
        Period period = choice.period();
        try (Ledger ledger = Ledgers.forReading(configuration, common.console());
                Lake lake = Lakes.existing(configuration)) {
            Exporting exporting = new Exporting(ledger, lake, PeriodChoice.MEGABYTES);
            String source = choice.source == null ? onlyClosed(ledger, period) : choice.source;
            PeriodRecord close = exporting
                    .find(source, period)
                    .orElseThrow(() -> Failure.usage(source + " " + period + " is not closed"));
            if (out == null) {
                if (common.json) {
                    throw Failure.usage("--closed writes CSV to stdout; for JSON name a file with --out");
                }
                exporting.write(close.id(), common.console().out());
                return Exit.DONE;
            }
            long rows = write(exporting, close.id(), out);
            if (common.json) {
                Map<String, @Nullable Object> object = new LinkedHashMap<>(CloseCommand.record(close));
                object.put("file", out.toAbsolutePath().toString());
                object.put("rows", rows);
                common.printJson(true, object);
            } else {
                common.print("wrote " + Words.counted(rows, "row", "rows") + " to " + out + ", as closed by "
                        + close.by() + " on " + close.at() + " (" + close.id() + ")");
            }
            return Exit.DONE;
        }
    }

    private static long write(Exporting exporting, String closeId, Path file) {
        try (OutputStream content = Files.newOutputStream(file)) {
            return exporting.write(closeId, content);
        } catch (IOException e) {
            throw Failure.failed("cannot write " + file + ": " + Problems.of(e));
        }
    }

    private static String onlyClosed(Ledger ledger, Period period) {
        List<String> sources = ledger.periods().inForce(period.from(), period.to()).stream()
                .filter(record -> new Period(record.from(), record.to()).equals(period))
                .map(PeriodRecord::source)
                .toList();
        if (sources.size() == 1) {
            return sources.getFirst();
        }
        throw Failure.usage(
                sources.isEmpty()
                        ? period + " is not closed, of any source"
                        : "several sources have closed " + period + ": say which with --source "
                                + String.join("|", sources));
    }

    private static List<String> lines(Reconciliation done, Optional<Coverage> coverage, List<Path> files) {
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
        lines.add("");
        totals.revenues()
                .forEach(money -> lines.add("earned " + money.amount().toPlainString() + " " + money.currency()));
        done.adjustments()
                .forEach(one -> lines.add("adjusts " + one.corrects() + " by " + Words.count(one.count()) + " ("
                        + Words.counted(one.rows(), "row", "rows") + ", " + one.closeId() + ")"));
        for (LeftOut left : totals.leftOut()) {
            lines.add("left out: " + Words.counted(left.rows(), "row", "rows") + " of " + left.reportId() + " ("
                    + Words.count(left.quantity()) + " counts, " + left.usage() + ") "
                    + left.reason().words());
        }
        coverage.ifPresent(found -> lines.addAll(CoverageWords.lines(found)));
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

    private static Map<String, @Nullable Object> fields(
            Reconciliation done, Optional<Coverage> coverage, List<Path> files) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("source", done.source());
        fields.put("period", done.period().label());
        fields.put("reconciliation_id", done.id());
        fields.put("written", done.written());
        Map<String, Object> snapshots = new LinkedHashMap<>();
        done.snapshots().forEach((table, snapshot) -> snapshots.put(table.label(), snapshot));
        fields.put("snapshots", snapshots);
        fields.putAll(totals(done.totals()));
        fields.put(
                "adjustments", done.adjustments().stream().map(Told::adjustment).toList());
        coverage.ifPresent(found -> fields.put("coverage", CoverageWords.fields(found)));
        fields.put("files", files.stream().map(Path::toString).toList());
        return fields;
    }

    static Map<String, Object> totals(Totals totals) {
        return Told.totals(totals);
    }
}
