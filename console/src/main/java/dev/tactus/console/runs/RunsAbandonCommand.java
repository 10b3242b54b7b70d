package dev.tactus.console.runs;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.database.DatabaseLock;
import dev.tactus.ingest.RunAbandonment;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.runs.Run;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "abandon",
        description = {
            "Gives up an unfinished run for good.",
            "What it has published stays; what it has fetched but not published is deleted. The next sync fetches its"
                    + " days again."
        },
        footerHeading = "%nExample:%n",
        footer = "  tactus runs abandon 20261122T101530Z-spotify-4f2a --by Ada --reason \"wrong account\"")
public final class RunsAbandonCommand extends TactusCommand {
    @Parameters(paramLabel = "RUN", description = "The run's id, as tactus runs list prints it.")
    private String id = "";

    @Option(
            names = "--by",
            paramLabel = "NAME",
            converter = OptionTypes.RecordedText.class,
            description = "Your name, for the record.")
    private String by = System.getProperty("user.name", "");

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            converter = OptionTypes.RecordedText.class,
            description = "Why, for the record.")
    private String reason = "";

    public RunsAbandonCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("runs abandon");
                Lake lake = Stores.lakeToChange(configuration, ledger, options.console())) {
            Run run = ledger.runs()
                    .find(id)
                    .orElseThrow(() -> CommandFailure.usage("there is no run " + id + "; see tactus runs list"));
            if (!run.state().isUnfinished()) {
                throw CommandFailure.usage(
                        "run " + id + " is " + HumanFormat.label(run.state()) + ": there is nothing to abandon");
            }
            ItemCounts counts = ledger.items().counts(id);
            new RunAbandonment(ledger, lake).abandon(run, (reason.isEmpty() ? "given up" : reason) + " (" + by + ")");
            return options.printResult(
                    JsonObject.of("run_id", id).put("state", "abandoned").put("open", counts.open()),
                    () -> List.of("run " + id + " is abandoned; tactus sync fetches " + RunView.days(run)
                            + " anew where an answer is missing"));
        }
    }
}
