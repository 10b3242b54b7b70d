package dev.tactus.console.reports;

import dev.tactus.console.command.CatalogRefresh;
import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.HomeSection;
import dev.tactus.console.lineage.Lineage;
import dev.tactus.console.lineage.LineageDatasets;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.periods.CloseLookup;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.reconcile.coverage.ReportFallback;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.delivery.ImportOutcome;
import dev.tactus.reports.delivery.ReportImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Imports sales reports: files, folders, .gz, .zip.",
            "Each file is recognised by its content, and lands completely or not at all; what lands becomes visible"
                    + " at once."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus reports import statements/",
            "  tactus reports import 2026-10.zip --json",
            "  tactus reports import odd.csv --layout ./odd.yaml --period 2026-10",
            "  tactus reports import corrected.csv --replace 3f9c2a",
            "  tactus reports import october/ --expect \"12345.67 EUR\""
        })
public final class ReportsImportCommand extends TactusCommand {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files or folders.")
    private List<Path> files = List.of();

    @Option(
            names = "--layout",
            paramLabel = "NAME|FILE",
            description = "Read the files with this layout, instead of recognising them.")
    private @Nullable String layout;

    @Option(
            names = "--sender",
            paramLabel = "NAME",
            description = "The sender, if the files don't name one; it counts before the one that a layout assumes.")
    private @Nullable String sender;

    @Option(names = "--service", paramLabel = "NAME", description = "The service, if the files don't name one.")
    private @Nullable String service;

    @Option(names = "--territory", paramLabel = "CODE", description = "The territory, if the files don't name one.")
    private @Nullable String territory;

    @Option(names = "--currency", paramLabel = "CODE", description = "The currency, if the files don't name one.")
    private @Nullable String currency;

    @Option(
            names = "--period",
            paramLabel = "P",
            description =
                    "The days of usage, if the files don't name them: 2026-10, 2026-Q4 or 2026-10-01..2026-11-04.")
    private @Nullable String period;

    @Option(names = "--replace", paramLabel = "REPORT", description = "Replace this report.")
    private @Nullable String replace;

    @Option(names = "--beside", description = "Count in addition to reports that claim the same usage.")
    private boolean beside;

    @Option(
            names = "--accept",
            paramLabel = "REASON",
            converter = OptionTypes.RecordedText.class,
            description =
                    "Import despite objections: totals that don't match, less than in the report that it replaces,"
                            + " impossible days, money in rejected rows, a sum other than was paid.")
    private @Nullable String accept;

    @Option(
            names = "--check",
            description = "Look at the files and tell what would become of them; nothing is imported.")
    private boolean check;

    /// For the page, where files wait in a folder of its own.
    @Option(names = "--named-within", paramLabel = "FOLDER", hidden = true)
    private @Nullable Path namedWithin;

    @Option(
            names = "--expect",
            paramLabel = "AMOUNT",
            description = "What all files together come to, such as \"12345.67 EUR\". Once for each currency.")
    private List<String> expect = List.of();

    @Option(
            names = "--by",
            paramLabel = "NAME",
            converter = OptionTypes.RecordedText.class,
            description = "Your name, for the record.")
    private String by = "";

    public ReportsImportCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = options.configuration();
        List<ImportOutcome> outcomes = new ArrayList<>();
        Optional<ReportFallback.Change> settled;
        try (Ledger ledger = Stores.makeLedger(configuration, options.console());
                DatabaseLock _ = ledger.lock("reports import");
                Lake lake = Stores.makeLake(configuration, ledger, options.console());
                Lineage lineage = Lineage.of(configuration, options)) {
            CatalogRefresh.takeOver(configuration, ledger, options::say);
            ReportImporter importer = new ReportImporter(
                    ledger,
                    lake,
                    configuration.layouts(),
                    CloseLookup.of(ledger),
                    configuration.reports().rules(),
                    configuration.remittances(),
                    own(configuration),
                    options.console().clock());
            importer = namedWithin == null ? importer : importer.namedWithin(namedWithin);
            Consumer<ImportOutcome> told = outcome -> {
                outcomes.add(outcome);
                if (!check) {
                    LineageDatasets.tell(lineage, configuration, lake, outcome);
                }
                if (!options.json) {
                    ReportView.of(outcome, check).forEach(options::print);
                }
            };
            if (check) {
                importer.check(files, importOptions(), told);
                settled = Optional.empty();
            } else {
                importer.run(files, importOptions(), told);
                settled = Optional.of(new ReportFallback(ledger, lake, configuration.services()).settle());
            }
        }
        if (outcomes.isEmpty()) {
            throw CommandFailure.usage("there is no file in "
                    + String.join(", ", files.stream().map(Path::toString).toList()));
        }
        long refused = count(outcomes, ImportOutcome.Refused.class::isInstance);
        if (options.json) {
            options.printJson(refused == 0, result(outcomes, fellBack(settled)));
        } else if (fellBack(settled) > 0) {
            options.print(HumanFormat.counted(fellBack(settled), "item", "items")
                    + " that awaited a report fell back to these");
        }
        return refused == 0 ? ExitCode.DONE : refused == outcomes.size() ? ExitCode.USAGE : ExitCode.INCOMPLETE;
    }

    /// What is ours is no report, even where the folder that is imported holds it.
    private static List<Path> own(Configuration configuration) {
        List<Path> own = new ArrayList<>(List.of(
                configuration.file(),
                configuration.catalog(),
                configuration.catalogFile().rejects(),
                configuration.reconciled()));
        configuration.lake().folder().ifPresent(own::add);
        configuration.reports().remittances().ifPresent(own::add);
        configuration.reports().ownLayouts().ifPresent(own::add);
        configuration.home().map(HomeSection::file).ifPresent(own::add);
        configuration.ledger().file().ifPresent(ledger -> {
            for (String suffix : List.of("", "-wal", "-shm", ".lock", "-journal")) {
                own.add(ledger.resolveSibling(ledger.getFileName() + suffix));
            }
        });
        // what the page keeps beside the ledger
        for (String site : List.of("serve.db", "serve.db-wal", "serve.db-shm", "serve-token", "serve-waiting")) {
            own.add(configuration.ownFolder().resolve(site));
        }
        return own;
    }

    private ImportOptions importOptions() {
        return new ImportOptions(
                Optional.ofNullable(layout),
                Optional.ofNullable(sender),
                Optional.ofNullable(service),
                Optional.ofNullable(territory),
                Optional.ofNullable(currency),
                Optional.ofNullable(period),
                Optional.ofNullable(replace),
                beside,
                Optional.ofNullable(accept),
                expect,
                by);
    }

    private static long fellBack(Optional<ReportFallback.Change> settled) {
        return settled.map(ReportFallback.Change::fellBack).orElse(0L);
    }

    private JsonObject result(List<ImportOutcome> outcomes, long fellBack) {
        return JsonObject.of("imported", check ? 0 : count(outcomes, ImportOutcome.Imported.class::isInstance))
                .put("known", count(outcomes, ImportOutcome.Known.class::isInstance))
                .put("refused", count(outcomes, ImportOutcome.Refused.class::isInstance))
                .put("read", rows(outcomes, ReportCounts::read))
                .put("landed", rows(outcomes, ReportCounts::landed))
                .put("deductions", rows(outcomes, ReportCounts::deductions))
                .put("rejected", rows(outcomes, ReportCounts::rejected))
                .put("skipped", rows(outcomes, ReportCounts::skipped))
                .put("fell_back", fellBack)
                .put(
                        "files",
                        outcomes.stream()
                                .map(one -> ReportJson.file(one, check))
                                .toList());
    }

    private static long count(List<ImportOutcome> outcomes, Predicate<ImportOutcome> which) {
        return outcomes.stream().filter(which).count();
    }

    private static long rows(List<ImportOutcome> outcomes, ToLongFunction<ReportCounts> count) {
        return outcomes.stream()
                .filter(ImportOutcome.Imported.class::isInstance)
                .map(ImportOutcome.Imported.class::cast)
                .mapToLong(imported -> count.applyAsLong(imported.report().counts()))
                .sum();
    }
}
