package dev.tactus.console.periods;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LakeAccess;
import dev.tactus.console.command.LedgerAccess;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.lineage.Lineage;
import dev.tactus.console.lineage.LineageDatasets;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.close.CloseExport;
import dev.tactus.reconcile.close.ManifestJson;
import dev.tactus.reconcile.close.Reconciler;
import dev.tactus.reconcile.close.Reconciliation;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.files.AtomicFile;
import dev.tactus.reconcile.files.ReconciliationFiles;
import dev.tactus.sqlite.DatabaseLock;
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
public final class ReconcileCommand implements Callable<Integer> {
    @Mixin
    private final CommandOptions common;

    @Mixin
    private final PeriodOptions choice = new PeriodOptions();

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

    public ReconcileCommand(CommandOptions common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        choice.period();
        if (out != null && closed == null) {
            throw CommandFailure.usage("--out goes with --closed");
        }
        return closed == null ? reconcile() : export(closed);
    }

    private int reconcile() {
        Configuration configuration = common.configuration();
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        try (Ledger ledger = LedgerAccess.forWriting(configuration, common.console());
                DatabaseLock _ = ledger.lock("reconcile");
                Lake lake = LakeAccess.existing(configuration);
                Lineage lineage = Lineage.of(configuration, common)) {
            Reconciler reconciler = new Reconciler(
                    ledger, lake, configuration.services(), configuration.rules(), PeriodOptions.MEGABYTES);
            for (String source : choice.sources(configuration, reconciler)) {
                Reconciliation done = LineageDatasets.traced(
                        lineage, configuration, source, () -> reconciler.reconcile(source, choice.period()));
                Optional<Coverage> coverage =
                        tableAlone ? Optional.empty() : Optional.of(reconciler.coverage(source, choice.period()));
                List<Path> files = coverage.map(found -> outputs(ledger, lake, configuration, done, found))
                        .orElseGet(List::of);
                if (common.json) {
                    results.add(ReconciliationView.fields(done, coverage, files));
                } else {
                    ReconciliationView.lines(done, coverage, files).forEach(common::print);
                }
            }
        }
        if (common.json) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("period", choice.period().label());
            object.put("sources", results);
            common.printJson(true, object);
        }
        return ExitCode.DONE;
    }

    private static List<Path> outputs(
            Ledger ledger, Lake lake, Configuration configuration, Reconciliation done, Coverage coverage) {
        try {
            return outputs(ledger, lake, configuration).write(done, coverage, Optional.empty());
        } catch (UncheckedIOException e) {
            throw CommandFailure.failed("the files for people can't be written to " + configuration.reconciled() + ": "
                    + IoErrorText.of(Objects.requireNonNull(e.getCause())) + ". The table reconciled is complete");
        }
    }

    static ReconciliationFiles outputs(Ledger ledger, Lake lake, Configuration configuration) {
        return new ReconciliationFiles(
                ledger, lake, configuration.reconciled(), BuildVersion.code(), PeriodOptions.MEGABYTES);
    }

    private int export(String closeId) {
        Configuration configuration = common.configuration();
        Period period = choice.period();
        try (Ledger ledger = LedgerAccess.forReading(configuration, common.console());
                Lake lake = LakeAccess.existing(configuration)) {
            CloseExport exporting = new CloseExport(ledger, lake, PeriodOptions.MEGABYTES);
            PeriodRecord close = CloseLookup.meant(exporting, period, choice.source, closeId);
            if (out == null) {
                if (common.json) {
                    throw CommandFailure.usage("--closed writes CSV to stdout; for JSON name a file with --out");
                }
                exporting.write(close.id(), common.console().out());
                return ExitCode.DONE;
            }
            long rows = write(exporting, close.id(), out);
            if (common.json) {
                Map<String, @Nullable Object> object = new LinkedHashMap<>(CloseCommand.record(close));
                object.put("file", out.toAbsolutePath().toString());
                object.put("rows", rows);
                common.printJson(true, object);
            } else {
                common.print("wrote " + HumanFormat.counted(rows, "row", "rows") + " to " + out + ", as closed by "
                        + close.by() + " on " + ManifestJson.when(close.at()) + " (" + close.id() + ")");
            }
            return ExitCode.DONE;
        }
    }

    private static long write(CloseExport exporting, String closeId, Path file) {
        try {
            AtomicLong rows = new AtomicLong();
            AtomicFile.write(file, content -> rows.set(exporting.write(closeId, content)));
            return rows.get();
        } catch (IOException e) {
            throw CommandFailure.failed("cannot write " + file + ": " + IoErrorText.of(e));
        }
    }
}
