package dev.tactus.console.reports;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LakeAccess;
import dev.tactus.console.command.LedgerAccess;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.lineage.Lineage;
import dev.tactus.console.lineage.LineageDatasets;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.TextTable;
import dev.tactus.console.periods.CloseLookup;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportTotal;
import dev.tactus.reconcile.coverage.ReportFallback;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.delivery.ImportOutcome;
import dev.tactus.reports.delivery.ReportImporter;
import dev.tactus.reports.delivery.ReportVoider;
import dev.tactus.sqlite.DatabaseLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reports",
        description = "Sales reports: into the lake, taken back, and the usage in them that the catalog doesn't know.",
        synopsisSubcommandLabel = "COMMAND")
public final class ReportsCommand {

    @Command(
            name = "import",
            description = "Imports reports: files, folders, .gz, .zip. What a file is, it is recognised by its content;"
                    + " each file lands whole or not at all.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  tactus reports import statements/",
                "  tactus reports import 2026-10.zip --json",
                "  tactus reports import odd.csv --layout ./odd.yaml --period 2026-10",
                "  tactus reports import corrected.csv --replace 3f9c2a"
            })
    public static final class ReportsImportCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files or folders.")
        private List<Path> files = List.of();

        @Option(names = "--layout", paramLabel = "NAME|FILE", description = "Read them so, rather than recognise them.")
        private @Nullable String layout;

        @Option(names = "--sender", paramLabel = "NAME", description = "Who sent them, where they don't say.")
        private @Nullable String sender;

        @Option(names = "--service", paramLabel = "NAME", description = "Whose usage it is, where they don't say.")
        private @Nullable String service;

        @Option(names = "--territory", paramLabel = "CODE", description = "Where it was used, where they don't say.")
        private @Nullable String territory;

        @Option(names = "--currency", paramLabel = "CODE", description = "The currency, where they don't say.")
        private @Nullable String currency;

        @Option(
                names = "--period",
                paramLabel = "P",
                description =
                        "The days of the usage, where they don't say: 2026-10, 2026-Q4 or" + " 2026-10-01..2026-11-04.")
        private @Nullable String period;

        @Option(names = "--replace", paramLabel = "REPORT", description = "Take the place of this report.")
        private @Nullable String replace;

        @Option(names = "--beside", description = "Count beside reports that claim the same usage.")
        private boolean beside;

        @Option(
                names = "--accept",
                paramLabel = "REASON",
                description = "Import although totals that a report states, or its count of lines, don't fit its rows.")
        private @Nullable String accept;

        @Option(names = "--by", paramLabel = "NAME", description = "Who does it, for the record.")
        private String by = "";

        public ReportsImportCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() throws InterruptedException {
            ImportOptions options = new ImportOptions(
                    Optional.ofNullable(layout),
                    Optional.ofNullable(sender),
                    Optional.ofNullable(service),
                    Optional.ofNullable(territory),
                    Optional.ofNullable(currency),
                    Optional.ofNullable(period),
                    Optional.ofNullable(replace),
                    beside,
                    Optional.ofNullable(accept),
                    by);
            Configuration configuration = common.configuration();
            List<ImportOutcome> outcomes = new ArrayList<>();
            ReportFallback.Change settled;
            try (Ledger ledger = LedgerAccess.making(configuration, common.console());
                    DatabaseLock _ = ledger.lock("reports import");
                    Lake lake = LakeAccess.open(configuration);
                    Lineage lineage = Lineage.of(configuration, common)) {
                new ReportImporter(
                                ledger,
                                lake,
                                configuration.layouts(),
                                CloseLookup.of(ledger),
                                common.console().clock())
                        .run(files, options, outcome -> {
                            outcomes.add(outcome);
                            LineageDatasets.tell(lineage, configuration, lake, outcome);
                            if (!common.json) {
                                ReportView.of(outcome).forEach(common::print);
                            }
                        });
                settled = new ReportFallback(ledger, lake, configuration.services()).settle();
            }
            long refused = outcomes.stream()
                    .filter(ImportOutcome.Refused.class::isInstance)
                    .count();
            if (common.json) {
                common.printJson(refused == 0, result(outcomes, settled));
            } else if (settled.fellBack() > 0) {
                common.print(HumanFormat.counted(settled.fellBack(), "item", "items")
                        + " that awaited a report fell back to what these say");
            }
            if (outcomes.isEmpty()) {
                throw CommandFailure.usage("there is no file in "
                        + String.join(", ", files.stream().map(Path::toString).toList()));
            }
            return refused == 0 ? ExitCode.DONE : refused == outcomes.size() ? ExitCode.USAGE : ExitCode.INCOMPLETE;
        }

        private static Map<String, Object> result(List<ImportOutcome> outcomes, ReportFallback.Change settled) {
            long read = 0;
            long landed = 0;
            long rejected = 0;
            long skipped = 0;
            Map<String, Long> counts = new LinkedHashMap<>(Map.of("imported", 0L, "known", 0L, "refused", 0L));
            for (ImportOutcome outcome : outcomes) {
                counts.merge(ReportView.kind(outcome), 1L, Long::sum);
                if (outcome instanceof ImportOutcome.Imported imported) {
                    read += imported.report().counts().read();
                    landed += imported.report().counts().landed();
                    rejected += imported.report().counts().rejected();
                    skipped += imported.report().counts().skipped();
                }
            }
            Map<String, Object> result = new LinkedHashMap<>(counts);
            result.put("read", read);
            result.put("landed", landed);
            result.put("rejected", rejected);
            result.put("skipped", skipped);
            result.put("fell_back", settled.fellBack());
            result.put("reports", outcomes.stream().map(ReportView::fields).toList());
            return result;
        }
    }

    @Command(
            name = "list",
            description = "Lists what was imported, the oldest first, and what became of it.",
            footerHeading = "%nExample:%n",
            footer = "  tactus reports list")
    public static final class ReportsListCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        public ReportsListCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            try (Ledger ledger = LedgerAccess.forReading(common.configuration(), common.console())) {
                List<Report> reports = ledger.reports().list();
                if (common.json) {
                    common.printJson(
                            true,
                            Map.of(
                                    "reports",
                                    reports.stream().map(ReportView::fields).toList()));
                    return ExitCode.DONE;
                }
                TextTable table = new TextTable(
                        "REPORT", "STATE", "SENDER", "SERVICES", "USAGE", "LANDED", "REJECTED", "TOTAL", "FILE");
                reports.forEach(report -> table.row(
                        report.id(),
                        report.state().label(),
                        report.sender(),
                        String.join(", ", report.services()),
                        ReportView.days(report),
                        HumanFormat.count(report.counts().landed()),
                        HumanFormat.count(report.counts().rejected()),
                        String.join(
                                ", ",
                                report.totals().stream()
                                        .map(ReportsListCommand::money)
                                        .toList()),
                        report.name()));
                if (!table.isEmpty()) {
                    table.lines().forEach(common::print);
                }
                common.say(HumanFormat.counted(reports.size(), "report", "reports"));
                return ExitCode.DONE;
            }
        }

        private static String money(ReportTotal total) {
            return total.reported().toPlainString() + " " + total.currency();
        }
    }

    @Command(
            name = "void",
            description = "Takes a report back, on the record: its rows leave the lake's current state.",
            footerHeading = "%nExample:%n",
            footer = "  tactus reports void 3f9c2a --by Ada --reason \"another label's\"")
    public static final class ReportsVoidCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        @Parameters(paramLabel = "REPORT", description = "As reports list prints it; a part of it will do.")
        private String id = "";

        @Option(names = "--by", paramLabel = "NAME", required = true, description = "Who does it.")
        private String by = "";

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
        private String reason = "";

        public ReportsVoidCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            Configuration configuration = common.configuration();
            LedgerAccess.mustExist(configuration);
            try (Ledger ledger = LedgerAccess.forWriting(configuration, common.console());
                    DatabaseLock _ = ledger.lock("reports void");
                    Lake lake = LakeAccess.existing(configuration)) {
                ReportVoider.VoidedReport voided =
                        new ReportVoider(ledger, lake, CloseLookup.of(ledger)).run(id, by, reason);
                ReportFallback.Change settled = new ReportFallback(ledger, lake, configuration.services()).settle();
                if (common.json) {
                    Map<String, Object> result = new LinkedHashMap<>(ReportView.fields(voided.report()));
                    result.put("rows", voided.rows());
                    result.put("closed", voided.closed());
                    result.put("awaiting_report", settled.awaiting());
                    common.printJson(true, result);
                    return ExitCode.DONE;
                }
                common.print("taken back: " + voided.report().id() + ", "
                        + HumanFormat.counted(voided.rows(), "row", "rows") + " left the lake's current state");
                if (!voided.closed().isEmpty()) {
                    common.print("  closed periods stay as they were: " + String.join(", ", voided.closed())
                            + "; the difference becomes an adjustment");
                }
                if (settled.awaiting() > 0) {
                    common.print("  " + HumanFormat.counted(settled.awaiting(), "item awaits", "items await")
                            + " a report again");
                }
                return ExitCode.DONE;
            }
        }
    }
}
