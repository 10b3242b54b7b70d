package dev.tactus.console.periods;

import dev.tactus.console.command.CatalogRefresh;
import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.lineage.Lineage;
import dev.tactus.console.lineage.LineageDatasets;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.console.output.JsonObject;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.lake.query.EngineSettings;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.UtcMinute;
import dev.tactus.reconcile.close.CloseExport;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.coverage.CoverageFinder;
import dev.tactus.reconcile.export.EngineExport;
import dev.tactus.reconcile.export.ExportFormat;
import dev.tactus.reconcile.files.AtomicFile;
import dev.tactus.reconcile.files.ReconciliationFiles;
import dev.tactus.reconcile.join.Reconciler;
import dev.tactus.reconcile.join.Reconciliation;
import dev.tactus.reconcile.statements.StatementFinder;
import dev.tactus.reconcile.statements.StatementStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reconcile",
        description = {
            "Compares API counts with sales reports and derives payable counts, each with its basis.",
            "Writes the table reconciled, and an HTML page, a workbook and a CSV file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus reconcile --period 2026-10",
            "  tactus reconcile --period 2026-10-01..2026-11-04 --source spotify",
            "  tactus reconcile --period 2026-10 --source spotify --closed > october.csv    as closed"
        })
public final class ReconcileCommand extends TactusCommand {
    @Mixin
    private final PeriodOptions choice = new PeriodOptions();

    @Option(names = "--no-files", description = "Write only the table, no page, workbook and CSV.")
    private boolean tableAlone;

    @Option(
            names = "--closed",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "CLOSE",
            description = "Write a closed period's CSV as closed, the same bytes every time, without reconciling."
                    + " CLOSE is the id of an earlier close, reopened since. Default: the current one.")
    private @Nullable String closed;

    @Option(
            names = "--export",
            paramLabel = "FORMAT",
            description = "Also write the import file of a royalty engine: curve, reprtoir, generic, or a format's file"
                    + " (.yaml). Each export holds what has changed since the last.")
    private @Nullable String export;

    @Option(names = "--out", paramLabel = "FILE", description = "With --closed: write to this file instead of stdout.")
    private @Nullable Path out;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "What computes the join: duckdb, in this process, or spark. Default: duckdb.")
    private @Nullable String engine;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark's master, such as spark://host:7077 or local[4]. Default: what spark-submit has"
                    + " chosen, else local[*].")
    private @Nullable String master;

    public ReconcileCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        if (out != null && closed == null) {
            throw CommandFailure.usage("--out needs --closed");
        }
        EngineSettings computing = chosen();
        if (engine != null && closed != null) {
            throw CommandFailure.usage("--engine goes with a reconciliation, not with --closed");
        }
        if (export != null && closed != null) {
            throw CommandFailure.usage("--export goes with a reconciliation, not with --closed");
        }
        Optional<ExportFormat> format = Optional.ofNullable(export)
                .map(name -> ExportFormat.find(name)
                        .orElseThrow(() -> CommandFailure.usage("--export " + name + ": there are "
                                + String.join(", ", ExportFormat.BUNDLED) + ", and formats of your own (FILE.yaml)")));
        return closed == null ? reconcile(format, computing) : export(closed);
    }

    private EngineSettings chosen() {
        if (engine == null || engine.equals("duckdb")) {
            if (master != null) {
                throw CommandFailure.usage("--master goes with --engine spark");
            }
            return EngineSettings.DUCKDB;
        }
        if (!engine.equals("spark")) {
            throw CommandFailure.usage("--engine " + engine + ": there are duckdb and spark");
        }
        return EngineSettings.of(engine, Optional.ofNullable(master));
    }

    private int reconcile(Optional<ExportFormat> format, EngineSettings computing) {
        Configuration configuration = options.configuration();
        List<JsonObject> results = new ArrayList<>();
        Collection<String> any;
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("reconcile");
                Lake lake = Stores.lakeToChange(configuration, ledger, options.console());
                Lineage lineage = Lineage.of(configuration, options)) {
            CatalogRefresh.takeOver(configuration, ledger, options::say);
            StatementFinder statements = Statements.finder(
                    configuration, ledger, lake, options.console().clock().instant());
            Reconciler reconciler = new Reconciler(
                    ledger,
                    lake,
                    configuration.services(),
                    Statements.rules(configuration, statements),
                    PeriodOptions.MEGABYTES,
                    computing);
            CoverageFinder coverages =
                    new CoverageFinder(ledger, lake, configuration.services(), PeriodOptions.MEGABYTES);
            any = choice.sources(configuration, reconciler);
            Optional<EngineExport> exporter = format.map(_ -> new EngineExport(
                    ledger, lake, configuration.reconciled(), PeriodOptions.MEGABYTES, configuration.permitted()));
            for (String source : any) {
                exporter.ifPresent(one -> refusePaidDays(configuration, one, source, format.orElseThrow()));
            }
            Statements.unpaid(configuration, ledger, lake, choice.period()).forEach(options::say);
            List<Reconciliation> all = new ArrayList<>();
            for (String source : any) {
                all.add(LineageDatasets.traced(
                        lineage, configuration, source, () -> reconciler.reconcile(source, choice.period())));
            }
            // each page has the money of the other services beside its own
            for (Reconciliation done : all) {
                Optional<Coverage> coverage =
                        tableAlone ? Optional.empty() : Optional.of(coverages.find(done.source(), choice.period()));
                StatementStatus standing = statements.find(done);
                List<Path> files = coverage.map(found -> outputs(ledger, lake, configuration, done, found, standing))
                        .orElseGet(List::of);
                Optional<EngineExport.Written> exported =
                        exporter.map(one -> exported(configuration, one, done, format.orElseThrow()));
                if (options.json) {
                    results.add(ReconciliationView.fields(done, coverage, standing, files)
                            .put("export", exported.flatMap(EngineExport.Written::file))
                            .put(
                                    "exported_elsewhere",
                                    exported.map(EngineExport.Written::elsewhere)
                                            .orElseGet(List::of)));
                } else {
                    ReconciliationView.lines(done, coverage, standing, files).forEach(options::print);
                    exported.stream().flatMap(ReconcileCommand::words).forEach(options::print);
                }
            }
        }
        if (any.isEmpty()) {
            options.say(choice.nothing(configuration));
        }
        if (options.json) {
            options.printJson(
                    true, JsonObject.of("period", choice.period().label()).put("sources", results));
        }
        return ExitCode.DONE;
    }

    private void refusePaidDays(
            Configuration configuration, EngineExport exporter, String source, ExportFormat format) {
        try {
            exporter.refusePaidDays(source, choice.period(), format);
        } catch (UncheckedIOException e) {
            throw unwritable(configuration, e);
        }
    }

    private static EngineExport.Written exported(
            Configuration configuration, EngineExport exporter, Reconciliation done, ExportFormat format) {
        try {
            return exporter.write(done, format);
        } catch (UncheckedIOException e) {
            throw unwritable(configuration, e);
        }
    }

    private static CommandFailure unwritable(Configuration configuration, UncheckedIOException e) {
        return CommandFailure.failed("the export can't be written to " + configuration.reconciled() + ": "
                + IoErrorText.of(Objects.requireNonNull(e.getCause())));
    }

    private static Stream<String> words(EngineExport.Written one) {
        String what = one.file()
                .map(file -> "exported " + HumanFormat.counted(one.rows(), "row", "rows") + " to " + file)
                .orElse("nothing has changed since export " + one.number());
        return one.elsewhere().isEmpty()
                ? Stream.of(what)
                : Stream.of(
                        what,
                        "warning: the same days were exported in another format, too ("
                                + String.join(", ", one.elsewhere())
                                + "); each format is an engine's own, with all of the period: import one of them alone,"
                                + " or the money is paid twice");
    }

    private static List<Path> outputs(
            Ledger ledger,
            Lake lake,
            Configuration configuration,
            Reconciliation done,
            Coverage coverage,
            StatementStatus standing) {
        try {
            return outputs(ledger, lake, configuration).write(done, coverage, standing, Optional.empty());
        } catch (UncheckedIOException e) {
            throw CommandFailure.failed("page, workbook and CSV can't be written to " + configuration.reconciled()
                    + ": " + IoErrorText.of(Objects.requireNonNull(e.getCause()))
                    + "; the table reconciled is complete");
        }
    }

    static ReconciliationFiles outputs(Ledger ledger, Lake lake, Configuration configuration) {
        return new ReconciliationFiles(
                        ledger, lake, configuration.reconciled(), BuildVersion.code(), PeriodOptions.MEGABYTES)
                .permitting(configuration.permitted())
                .valuing(before -> configuration.home().map(home -> home.rates().of(before)));
    }

    private int export(String closeId) {
        Configuration configuration = options.configuration();
        Period period = choice.period();
        try (Ledger ledger = Stores.ledgerToRead(configuration, options.console());
                Lake lake = Stores.lake(configuration, ledger, options.console())) {
            CloseExport exporting = new CloseExport(ledger, lake, PeriodOptions.MEGABYTES);
            PeriodRecord close = CloseLookup.meant(exporting, period, choice.source, closeId);
            if (out == null) {
                if (options.json) {
                    throw CommandFailure.usage("--closed writes CSV to stdout; for JSON name a file with --out");
                }
                exporting.write(close.id(), options.console().out());
                return ExitCode.DONE;
            }
            long rows = write(exporting, close.id(), out);
            return options.printResult(
                    CloseBaseCommand.record(close)
                            .put("file", out.toAbsolutePath())
                            .put("rows", rows),
                    () -> List.of("wrote " + HumanFormat.counted(rows, "row", "rows") + " to " + out + ", as closed by "
                            + close.by() + " on " + UtcMinute.of(close.at()) + " (" + close.id() + ")"));
        }
    }

    private static long write(CloseExport exporting, String closeId, Path file) {
        try {
            AtomicLong rows = new AtomicLong();
            AtomicFile.write(file, content -> rows.set(exporting.write(closeId, content)));
            return rows.get();
        } catch (IOException e) {
            throw IoErrorText.notWritten(file, e);
        }
    }
}
