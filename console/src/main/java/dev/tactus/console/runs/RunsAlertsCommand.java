package dev.tactus.console.runs;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.RowLimitOption;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.runs.ToldAlert;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "alerts",
        description = "Lists what runs were worth an alert for, the newest first, and how many webhooks have it.",
        footerHeading = "%nExample:%n",
        footer = "  tactus runs alerts")
public final class RunsAlertsCommand extends TactusCommand {
    private static final List<Column<ToldAlert>> COLUMNS = List.of(
            new Column<>("AT", ToldAlert::createdAt),
            new Column<>("SEVERITY", alert -> alert.severity().label()),
            new Column<>("KIND", ToldAlert::kind),
            new Column<>("RUN", ToldAlert::runId),
            new Column<>("DELIVERED", alert -> alert.delivered() + " of " + alert.receivers()),
            new Column<>("TEXT", RunsAlertsCommand::text));

    @Mixin
    private final RowLimitOption limit = new RowLimitOption();

    public RunsAlertsCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        try (Ledger ledger = Stores.ledgerToRead(options.configuration(), options.console())) {
            List<ToldAlert> told = ledger.alerts().told(limit.rows);
            return options.printList(
                    new JsonObject(),
                    "alerts",
                    told,
                    RunsAlertsCommand::fields,
                    COLUMNS,
                    HumanFormat.counted(told.size(), "alert", "alerts"));
        }
    }

    private static JsonObject fields(ToldAlert alert) {
        return JsonObject.of("run_id", alert.runId())
                .put("kind", alert.kind())
                .put("severity", alert.severity().label())
                .put("text", text(alert))
                .put("at", alert.createdAt())
                .put("receivers", alert.receivers())
                .put("delivered", alert.delivered());
    }

    private static String text(ToldAlert alert) {
        return JsonMapper.shared().readTree(alert.body()).path("text").asString("");
    }
}
