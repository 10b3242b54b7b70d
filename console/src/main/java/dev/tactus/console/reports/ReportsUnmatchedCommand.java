package dev.tactus.console.reports;

import dev.tactus.console.command.CatalogRefresh;
import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.reconcile.files.AtomicFile;
import dev.tactus.reports.matching.MatchSheetWriter;
import dev.tactus.reports.matching.UnmatchedQueue;
import dev.tactus.reports.matching.UnmatchedUsage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "unmatched",
        description = "Lists reported usage without a recording in the catalog, most valuable first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus reports unmatched",
            "  tactus reports unmatched --xlsx queue.xlsx    fill in the last column, then: tactus reports match"
                    + " queue.xlsx"
        })
public final class ReportsUnmatchedCommand extends TactusCommand {
    private static final List<Column<UnmatchedUsage>> COLUMNS = List.of(
            new Column<>("ISRC", UnmatchedUsage::isrc),
            new Column<>("UPC", UnmatchedUsage::upc),
            new Column<>("TITLE", UnmatchedUsage::title),
            new Column<>("ARTIST", UnmatchedUsage::artist),
            new Column<>("SENDERS", UnmatchedUsage::senders),
            new Column<>("SERVICES", UnmatchedUsage::services),
            new Column<>("QUANTITY", usage -> usage.quantity().toPlainString()),
            new Column<>("REVENUE", ReportsUnmatchedCommand::money),
            new Column<>("SUGGESTION", UnmatchedUsage::suggestion));

    @Option(names = "--xlsx", paramLabel = "FILE", description = "Write all of it to a workbook to fill in.")
    private @Nullable Path xlsx;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write all of it to a CSV file to fill in.")
    private @Nullable Path csv;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            converter = OptionTypes.RowCount.class,
            description = "Show at most N. Default: ${DEFAULT-VALUE}")
    private int limit = 100;

    public ReportsUnmatchedCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        Stores.requireLedger(configuration);
        try (Ledger ledger = CatalogRefresh.withCatalog(configuration, options, "reports unmatched");
                Lake lake = Stores.lake(configuration, ledger, options.console());
                UnmatchedQueue queue = new UnmatchedQueue(ledger, lake)) {
            write(xlsx, out -> MatchSheetWriter.xlsx(queue, out));
            write(csv, out -> MatchSheetWriter.csv(queue, out));
            List<UnmatchedUsage> usages = new ArrayList<>();
            queue.first(limit, usages::add);
            return options.printList(
                    JsonObject.of("unmatched", queue.count()),
                    "usages",
                    usages,
                    ReportsUnmatchedCommand::fields,
                    COLUMNS,
                    sentence(queue.count(), usages.isEmpty()));
        }
    }

    private String sentence(long count, boolean none) {
        return HumanFormat.counted(count, "usage", "usages") + " without a recording"
                + (count > limit ? ", " + limit + " shown" : "")
                + (none || xlsx != null || csv != null
                        ? ""
                        : "; --xlsx FILE writes a sheet to fill in, tactus reports match reads it back");
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
            throw IoErrorText.notWritten(file, e);
        }
        options.say("wrote " + file);
    }

    private static String money(UnmatchedUsage usage) {
        return usage.revenue().entrySet().stream()
                .map(money -> money.getValue().stripTrailingZeros().toPlainString() + " " + money.getKey())
                .collect(Collectors.joining(", "));
    }

    private static JsonObject fields(UnmatchedUsage usage) {
        JsonObject revenue = new JsonObject();
        usage.revenue().forEach((currency, amount) -> revenue.put(currency, amount.toPlainString()));
        return JsonObject.of("usage_key", usage.usageKey())
                .put("isrc", usage.isrc())
                .put("upc", usage.upc())
                .put("title", usage.title())
                .put("artist", usage.artist())
                .put("senders", usage.senders())
                .put("services", usage.services())
                .put("first_day", usage.first())
                .put("last_day", usage.last())
                .put("rows", usage.rows())
                .put("quantity", usage.quantity())
                .put("revenue", revenue)
                .put(
                        "suggestion",
                        usage.suggestion() == null ? null : usage.suggestion().value());
    }
}
