package dev.tactus.console.sync;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.ledger.Ledger;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        description = {
            "Continues an unfinished run, whatever its days.",
            "tactus sync without days does it for every unfinished run."
        },
        footerHeading = "%nExample:%n",
        footer = "  tactus runs resume 20261122T101530Z-spotify-4f2a")
public final class RunsResumeCommand extends TactusCommand {
    @Parameters(paramLabel = "RUN", description = "The run's id, as tactus runs list prints it.")
    private String id = "";

    @Option(
            names = "--max-wait",
            paramLabel = "DURATION",
            defaultValue = "15m",
            description = "How long to wait, in total, for postponed work. Default: ${DEFAULT-VALUE}")
    private Duration maxWait = Duration.ofMinutes(15);

    public RunsResumeCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        SyncRun sync = new SyncRun(options, configuration, maxWait);
        try (Ledger ledger = Stores.ledgerToRead(configuration, options.console())) {
            return sync.resume(id, ledger);
        }
    }
}
