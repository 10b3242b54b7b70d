package dev.tactus.console.reports;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable;
import dev.tactus.console.periods.Statements;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.reconcile.statements.ExpectedStatement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "calendar",
        description = {
            "Shows which sender owes which month by when, and what is late.",
            "It is learned from what was sent before, or stated in the configuration (reports: calendar)."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  tactus reports calendar", "  tactus reports calendar --months 24 --json"})
public final class ReportsCalendarCommand extends TactusCommand {
    @Option(
            names = "--months",
            paramLabel = "N",
            defaultValue = "6",
            description = "The last N complete months. Default: ${DEFAULT-VALUE}")
    private int months = 6;

    public ReportsCalendarCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        try (Ledger ledger = Stores.ledgerToRead(configuration, options.console());
                Lake lake = Stores.lake(configuration, ledger, options.console())) {
            List<ExpectedStatement> all = Statements.calendar(
                            configuration,
                            ledger,
                            lake,
                            options.console().clock().instant())
                    .all();
            YearMonth last = all.stream()
                    .map(ExpectedStatement::month)
                    .max(YearMonth::compareTo)
                    .orElse(YearMonth.of(1, 1));
            List<ExpectedStatement> shown = all.stream()
                    .filter(one -> one.month().isAfter(last.minusMonths(months)) || one.isMissing())
                    .toList();
            List<String> missing = shown.stream()
                    .filter(ExpectedStatement::isMissing)
                    .map(ExpectedStatement::words)
                    .toList();
            long late = shown.stream()
                    .filter(one -> one.state() == ExpectedStatement.State.LATE)
                    .count();
            return options.printResult(
                    JsonObject.of("late", late)
                            .put("missing", missing)
                            .put(
                                    "statements",
                                    shown.stream()
                                            .map(ReportsCalendarCommand::fields)
                                            .toList()),
                    () -> lines(shown, missing, late));
        }
    }

    private static List<String> lines(List<ExpectedStatement> shown, List<String> missing, long late) {
        if (shown.isEmpty()) {
            return List.of(
                    "no statements are expected yet: a sender's rhythm is learned from three months, or stated under"
                            + " reports: calendar in the configuration");
        }
        TreeSet<YearMonth> months = new TreeSet<>();
        Map<String, Map<YearMonth, ExpectedStatement>> senders = new TreeMap<>();
        shown.forEach(one -> {
            months.add(one.month());
            senders.computeIfAbsent(one.sender(), _ -> new LinkedHashMap<>()).put(one.month(), one);
        });
        List<String> headers = new ArrayList<>(List.of("SENDER"));
        months.forEach(month -> headers.add(month.toString()));
        TextTable table = new TextTable(headers.toArray(String[]::new));
        senders.forEach((sender, owed) -> {
            List<String> cells = new ArrayList<>(List.of(sender));
            months.forEach(month -> cells.add(cell(owed.get(month))));
            table.row(cells.toArray());
        });
        List<String> lines = new ArrayList<>(table.lines());
        missing.forEach(one -> lines.add("missing: " + one));
        lines.add(HumanFormat.counted(late, "statement is late", "statements are late"));
        return lines;
    }

    private static String cell(@Nullable ExpectedStatement one) {
        if (one == null) {
            return "-";
        }
        return switch (one.state()) {
            case RECEIVED -> one.received().map(day -> "came " + day).orElse("came");
            case AWAITED -> "by " + one.due();
            case LATE -> "LATE " + one.due();
        };
    }

    private static JsonObject fields(ExpectedStatement one) {
        return JsonObject.of("sender", one.sender())
                .put("month", one.month().toString())
                .put("state", one.state().label())
                .put("due", one.due())
                .put("stated", one.stated())
                .put("received", one.received())
                .put("report_ids", one.reports());
    }
}
