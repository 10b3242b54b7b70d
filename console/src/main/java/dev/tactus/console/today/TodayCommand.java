package dev.tactus.console.today;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "today",
        description = {
            "Lists what needs somebody, the most urgent first.",
            "Late statements, unfinished runs, closes to approve, variances without a decision, unmatched usage,"
                    + " penalties, dead letters and drift."
        },
        footerHeading = "%nExample:%n",
        footer = "  tactus today")
public final class TodayCommand extends TactusCommand {
    private static final List<Column<Need>> COLUMNS = List.of(
            new Column<>("URGENCY", need -> HumanFormat.label(need.urgency())),
            new Column<>("ABOUT", Need::subject),
            new Column<>("WHAT", Need::text),
            new Column<>(
                    "MONEY",
                    need -> need.money().entrySet().stream()
                            .map(amount -> amount.getValue().toPlainString() + " " + amount.getKey())
                            .collect(Collectors.joining(", "))),
            new Column<>("NEXT", Need::command));

    public TodayCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        try (Ledger ledger = Stores.ledgerToRead(configuration, options.console())) {
            NeedFinder finder = new NeedFinder(
                    configuration, ledger, options.console().clock().instant());
            finder.ledger();
            if (configuration.lake().exists()) {
                try (Lake lake = Stores.lake(configuration, ledger, options.console())) {
                    finder.lake(lake);
                }
            }
            List<Need> needs = finder.found();
            return options.printList(
                    JsonObject.of("counts", counts(needs)),
                    "needs",
                    needs,
                    Need::fields,
                    COLUMNS,
                    needs.isEmpty()
                            ? "nothing needs anybody"
                            : HumanFormat.counted(needs.size(), "thing needs", "things need") + " somebody");
        }
    }

    private static JsonObject counts(List<Need> needs) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Map<String, String> urgency = new LinkedHashMap<>();
        needs.forEach(need -> {
            counts.merge(need.kind(), need.count(), Long::sum);
            urgency.put(need.kind(), HumanFormat.label(need.urgency()));
        });
        JsonObject fields = new JsonObject();
        counts.forEach(
                (kind, count) -> fields.put(kind, JsonObject.of("count", count).put("urgency", urgency.get(kind))));
        return fields;
    }
}
