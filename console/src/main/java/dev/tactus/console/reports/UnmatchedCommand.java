package dev.tactus.console.reports;

import dev.tactus.console.command.CatalogRefresh;
import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LakeAccess;
import dev.tactus.console.command.LedgerAccess;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.console.output.TextTable;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.reconcile.coverage.ReportFallback;
import dev.tactus.reconcile.files.AtomicFile;
import dev.tactus.reports.layout.LayoutTemplate;
import dev.tactus.reports.matching.MatchImporter;
import dev.tactus.reports.matching.MatchSheetWriter;
import dev.tactus.reports.matching.UnmatchedQueue;
import dev.tactus.reports.matching.UnmatchedUsage;
import dev.tactus.sqlite.DatabaseLock;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands about what reports hold that isn't known yet: usage without a recording, files without a layout.
public final class UnmatchedCommand {
    private UnmatchedCommand() {}

    @Command(
            name = "unmatched",
            description = "Lists usage in the reports that the catalog doesn't know and nobody has decided about, what"
                    + " was used most first.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  tactus reports unmatched",
                "  tactus reports unmatched --xlsx queue.xlsx    fill in the last column, then: reports match queue.xlsx"
            })
    public static final class ReportsUnmatchedCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        @Option(names = "--xlsx", paramLabel = "FILE", description = "Write all of it as a workbook to fill in.")
        private @Nullable Path xlsx;

        @Option(names = "--csv", paramLabel = "FILE", description = "Write all of it as CSV to fill in.")
        private @Nullable Path csv;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}")
        private int limit = 100;

        public ReportsUnmatchedCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            Configuration configuration = common.configuration();
            LedgerAccess.mustExist(configuration);
            try (Ledger ledger = CatalogRefresh.withCatalog(configuration, common, "reports unmatched");
                    Lake lake = LakeAccess.existing(configuration);
                    UnmatchedQueue queue = new UnmatchedQueue(ledger, lake)) {
                write(xlsx, out -> MatchSheetWriter.xlsx(queue, out));
                write(csv, out -> MatchSheetWriter.csv(queue, out));
                List<UnmatchedUsage> usages = new ArrayList<>();
                queue.first(limit, usages::add);
                if (common.json) {
                    common.printJson(
                            true,
                            Map.of(
                                    "unmatched",
                                    queue.count(),
                                    "usages",
                                    usages.stream()
                                            .map(ReportsUnmatchedCommand::fields)
                                            .toList()));
                    return ExitCode.DONE;
                }
                TextTable table = new TextTable(
                        "ISRC", "UPC", "TITLE", "ARTIST", "SENDERS", "SERVICES", "QUANTITY", "REVENUE", "SUGGESTION");
                usages.forEach(usage -> table.row(
                        Objects.requireNonNullElse(usage.isrc(), ""),
                        Objects.requireNonNullElse(usage.upc(), ""),
                        Objects.requireNonNullElse(usage.title(), ""),
                        Objects.requireNonNullElse(usage.artist(), ""),
                        usage.senders(),
                        usage.services(),
                        usage.quantity().toPlainString(),
                        money(usage),
                        Objects.requireNonNullElse(usage.suggestion(), "")));
                if (!table.isEmpty()) {
                    table.lines().forEach(common::print);
                }
                common.say(HumanFormat.counted(queue.count(), "usage", "usages") + " without a recording"
                        + (queue.count() > limit ? ", " + limit + " shown" : "")
                        + (usages.isEmpty() || xlsx != null || csv != null
                                ? ""
                                : "; --xlsx FILE writes a sheet to fill in, reports match takes it"));
                return ExitCode.DONE;
            }
        }

        private void write(@Nullable Path file, AtomicFile.Content sheet) {
            if (file == null) {
                return;
            }
            try {
                AtomicFile.write(file, out -> {
                    try (OutputStream buffered = new BufferedOutputStream(out)) {
                        sheet.write(buffered);
                    }
                });
            } catch (IOException e) {
                throw CommandFailure.failed("cannot write " + file + ": " + IoErrorText.of(e));
            }
            common.say("wrote " + file);
        }

        private static String money(UnmatchedUsage usage) {
            return usage.revenue().entrySet().stream()
                    .map(money -> money.getValue().stripTrailingZeros().toPlainString() + " " + money.getKey())
                    .collect(Collectors.joining(", "));
        }

        private static Map<String, @Nullable Object> fields(UnmatchedUsage usage) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("usage_key", usage.usageKey());
            fields.put("isrc", usage.isrc());
            fields.put("upc", usage.upc());
            fields.put("title", usage.title());
            fields.put("artist", usage.artist());
            fields.put("senders", usage.senders());
            fields.put("services", usage.services());
            fields.put("first_day", usage.first());
            fields.put("last_day", usage.last());
            fields.put("rows", usage.rows());
            fields.put("quantity", usage.quantity());
            Map<String, String> revenue = new LinkedHashMap<>();
            usage.revenue().forEach((currency, amount) -> revenue.put(currency, amount.toPlainString()));
            fields.put("revenue", revenue);
            fields.put(
                    "suggestion",
                    usage.suggestion() == null ? null : usage.suggestion().value());
            return fields;
        }
    }

    @Command(
            name = "match",
            description = "Takes over a sheet of reports unmatched in which match_isrc was filled in: the ISRC of a"
                    + " recording of the catalog, or - for usage that isn't yours. Remembered for the months to come.",
            footerHeading = "%nExample:%n",
            footer = "  tactus reports match queue.xlsx --by Ada")
    public static final class ReportsMatchCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        @Parameters(paramLabel = "FILE", description = "The sheet, .xlsx or CSV.")
        private Path file = Path.of("");

        @Option(names = "--by", paramLabel = "NAME", required = true, description = "Who decided.")
        private String by = "";

        public ReportsMatchCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            Configuration configuration = common.configuration();
            LedgerAccess.mustExist(configuration);
            try (Ledger ledger = CatalogRefresh.withCatalog(configuration, common, "reports match");
                    DatabaseLock _ = ledger.lock("reports match");
                    Lake lake = LakeAccess.existing(configuration)) {
                MatchImporter.MatchCounts matched =
                        new MatchImporter(ledger, lake, common.console().clock()).take(file, by);
                ReportFallback.Change settled = new ReportFallback(ledger, lake, configuration.services()).settle();
                if (common.json) {
                    common.printJson(
                            true,
                            Map.of(
                                    "matched",
                                    matched.matched(),
                                    "not_ours",
                                    matched.notOurs(),
                                    "fell_back",
                                    settled.fellBack()));
                    return ExitCode.DONE;
                }
                common.print(HumanFormat.counted(matched.matched(), "usage is a recording", "usages are recordings")
                        + " now, " + HumanFormat.count(matched.notOurs()) + " not yours");
                return ExitCode.DONE;
            }
        }
    }

    @Command(
            name = "template",
            description = "Proposes a layout for a report that none fits, from its header and first rows; prints YAML.",
            footerHeading = "%nExample:%n",
            footer = "  tactus reports template odd.csv >layouts/odd.yaml")
    public static final class ReportsTemplateCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        @Parameters(paramLabel = "FILE", description = "A report of that kind.")
        private Path file = Path.of("");

        public ReportsTemplateCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            String layout = LayoutTemplate.of(file);
            if (common.json) {
                common.printJson(true, Map.of("file", file.toString(), "layout", layout));
            } else {
                common.console().out().print(layout);
                common.console().out().flush();
            }
            return ExitCode.DONE;
        }
    }
}
