package dev.tactus.console;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.LedgerLock;
import dev.tactus.reconcile.Fallback;
import dev.tactus.reconcile.WholeFile;
import dev.tactus.reports.Matching;
import dev.tactus.reports.Template;
import dev.tactus.reports.Unmatched;
import dev.tactus.reports.UnmatchedSheet;
import dev.tactus.reports.UnmatchedUsage;
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
final class UnmatchedCommand {
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
    static final class Listing implements Callable<Integer> {
        @Mixin
        private final Common common;

        @Option(names = "--xlsx", paramLabel = "FILE", description = "Write all of it as a workbook to fill in.")
        private @Nullable Path xlsx;

        @Option(names = "--csv", paramLabel = "FILE", description = "Write all of it as CSV to fill in.")
        private @Nullable Path csv;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}")
        private int limit = 100;

        Listing(Common common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            Configuration configuration = common.configuration();
            Ledgers.mustExist(configuration);
            try (Ledger ledger = Catalogs.withCatalog(configuration, common, "reports unmatched");
                    Lake lake = Lakes.existing(configuration);
                    Unmatched queue = new Unmatched(ledger, lake)) {
                write(xlsx, out -> UnmatchedSheet.xlsx(queue, out));
                write(csv, out -> UnmatchedSheet.csv(queue, out));
                List<UnmatchedUsage> usages = new ArrayList<>();
                queue.first(limit, usages::add);
                if (common.json) {
                    common.printJson(
                            true,
                            Map.of(
                                    "unmatched",
                                    queue.count(),
                                    "usages",
                                    usages.stream().map(Listing::fields).toList()));
                    return Exit.DONE;
                }
                Table table = new Table(
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
                common.say(Words.counted(queue.count(), "usage", "usages") + " without a recording"
                        + (queue.count() > limit ? ", " + limit + " shown" : "")
                        + (usages.isEmpty() || xlsx != null || csv != null
                                ? ""
                                : "; --xlsx FILE writes a sheet to fill in, reports match takes it"));
                return Exit.DONE;
            }
        }

        private void write(@Nullable Path file, WholeFile.Content sheet) {
            if (file == null) {
                return;
            }
            try {
                WholeFile.write(file, out -> {
                    try (OutputStream buffered = new BufferedOutputStream(out)) {
                        sheet.write(buffered);
                    }
                });
            } catch (IOException e) {
                throw Failure.failed("cannot write " + file + ": " + Problems.of(e));
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
    static final class Taking implements Callable<Integer> {
        @Mixin
        private final Common common;

        @Parameters(paramLabel = "FILE", description = "The sheet, .xlsx or CSV.")
        private Path file = Path.of("");

        @Option(names = "--by", paramLabel = "NAME", required = true, description = "Who decided.")
        private String by = "";

        Taking(Common common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            Configuration configuration = common.configuration();
            Ledgers.mustExist(configuration);
            try (Ledger ledger = Catalogs.withCatalog(configuration, common, "reports match");
                    LedgerLock _ = ledger.lock("reports match");
                    Lake lake = Lakes.existing(configuration)) {
                Matching.Matched matched =
                        new Matching(ledger, lake, common.console().clock()).take(file, by);
                Fallback.Settled settled = new Fallback(ledger, lake, configuration.services()).settle();
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
                    return Exit.DONE;
                }
                common.print(Words.counted(matched.matched(), "usage is a recording", "usages are recordings")
                        + " now, " + Words.count(matched.notOurs()) + " not yours");
                return Exit.DONE;
            }
        }
    }

    @Command(
            name = "template",
            description = "Proposes a layout for a report that none fits, from its header and first rows; prints YAML.",
            footerHeading = "%nExample:%n",
            footer = "  tactus reports template odd.csv >layouts/odd.yaml")
    static final class Proposing implements Callable<Integer> {
        @Mixin
        private final Common common;

        @Parameters(paramLabel = "FILE", description = "A report of that kind.")
        private Path file = Path.of("");

        Proposing(Common common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            String layout = Template.of(file);
            if (common.json) {
                common.printJson(true, Map.of("file", file.toString(), "layout", layout));
            } else {
                common.console().out().print(layout);
                common.console().out().flush();
            }
            return Exit.DONE;
        }
    }
}
