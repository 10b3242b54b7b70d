package dev.tactus.console;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.LedgerLock;
import dev.tactus.ledger.PeriodRecord;
import dev.tactus.reconcile.Coverage;
import dev.tactus.reconcile.Exporting;
import dev.tactus.reconcile.Outputs;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.Reconciler;
import dev.tactus.reconcile.Reconciliation;
import dev.tactus.reconcile.Told;
import dev.tactus.reconcile.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reconcile",
        description = "Sets what the API counted beside what sales reports say: payable counts with their basis, in the"
                + " table reconciled, and as HTML, XLSX and CSV for people.",
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

    @Option(names = "--no-files", description = "Write the table alone, no files for people.")
    private boolean tableAlone;

    @Option(
            names = "--closed",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "CLOSE",
            description = "Write a closed period's CSV as it was closed, the same bytes for ever; reconciles nothing."
                    + " CLOSE is the id of an earlier close that was reopened since. Default: the one in force.")
    private @Nullable String closed;

    @Option(names = "--out", paramLabel = "FILE", description = "With --closed: into this file rather than to stdout.")
    private @Nullable Path out;

    ReconcileCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        choice.period();
        if (out != null && closed == null) {
            throw Failure.usage("--out goes with --closed");
        }
        return closed == null ? reconcile() : export(closed);
    }

    private int reconcile() {
        Configuration configuration = common.configuration();
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        try (Ledger ledger = Ledgers.forWriting(configuration, common.console());
                LedgerLock _ = ledger.lock("reconcile");
                Lake lake = Lakes.existing(configuration);
                Lineage lineage = Lineage.of(configuration, common)) {
            Reconciler reconciler = new Reconciler(
                    ledger, lake, configuration.services(), configuration.rules(), PeriodChoice.MEGABYTES);
            for (String source : choice.sources(configuration, reconciler)) {
                Reconciliation done = LineageData.traced(
                        lineage, configuration, source, () -> reconciler.reconcile(source, choice.period()));
                Optional<Coverage> coverage =
                        tableAlone ? Optional.empty() : Optional.of(reconciler.coverage(source, choice.period()));
                List<Path> files = coverage.map(found -> outputs(ledger, lake, configuration, done, found))
                        .orElseGet(List::of);
                if (common.json) {
                    results.add(ReconciliationWords.fields(done, coverage, files));
                } else {
                    ReconciliationWords.lines(done, coverage, files).forEach(common::print);
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

    private static List<Path> outputs(
            Ledger ledger, Lake lake, Configuration configuration, Reconciliation done, Coverage coverage) {
        try {
            return outputs(ledger, lake, configuration).write(done, coverage, Optional.empty());
        } catch (UncheckedIOException e) {
            throw Failure.failed("the files for people can't be written to " + configuration.reconciled() + ": "
                    + Problems.of(Objects.requireNonNull(e.getCause())) + ". The table reconciled is complete");
        }
    }

    static Outputs outputs(Ledger ledger, Lake lake, Configuration configuration) {
        return new Outputs(ledger, lake, configuration.reconciled(), Version.code(), PeriodChoice.MEGABYTES);
    }

    private int export(String closeId) {
        Configuration configuration = common.configuration();
        Period period = choice.period();
        try (Ledger ledger = Ledgers.forReading(configuration, common.console());
                Lake lake = Lakes.existing(configuration)) {
            Exporting exporting = new Exporting(ledger, lake, PeriodChoice.MEGABYTES);
            PeriodRecord close = ClosedPeriods.meant(exporting, period, choice.source, closeId);
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
                        + close.by() + " on " + Told.when(close.at()) + " (" + close.id() + ")");
            }
            return Exit.DONE;
        }
    }

    private static long write(Exporting exporting, String closeId, Path file) {
        try {
            AtomicLong rows = new AtomicLong();
            WholeFile.write(file, content -> rows.set(exporting.write(closeId, content)));
            return rows.get();
        } catch (IOException e) {
            throw Failure.failed("cannot write " + file + ": " + Problems.of(e));
        }
    }
}
