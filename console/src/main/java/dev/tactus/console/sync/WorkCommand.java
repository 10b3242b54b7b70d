package dev.tactus.console.sync;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.GracefulShutdown;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "work",
        description = {
            "Fetches for the runs that a sync has planned, beside it and any number of other workers.",
            "It ends when nothing is left to be fetched. The sync publishes. Needs a ledger on PostgreSQL."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus work               what is open now",
            "  tactus work --stay        on every machine but the one that syncs, as a service"
        })
public final class WorkCommand extends TactusCommand {
    @Option(names = "--stay", description = "Wait for the next run when nothing is left; ends when it is stopped.")
    private boolean stay;

    @Option(
            names = "--max-wait",
            paramLabel = "DURATION",
            defaultValue = "15m",
            description = "How long to wait, in total, for postponed work of a run. Default: ${DEFAULT-VALUE}")
    private Duration maxWait = Duration.ofMinutes(15);

    public WorkCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        if (configuration.ledger().file().isPresent()) {
            throw CommandFailure.usage("the ledger " + configuration.ledger()
                    + " is a file, which one process at a time works on; workers share one on PostgreSQL (ledger:"
                    + " jdbc:postgresql://…, docs/scale.md). tactus sync fetches alone");
        }
        if (configuration.sources().isEmpty()) {
            throw CommandFailure.usage("there are no sources: in " + configuration.file()
                    + "; workers use the same configuration as the sync");
        }
        try (GracefulShutdown interruption = new GracefulShutdown(() -> options.say(
                "ended before everything was saved; what it had claimed and not recorded is fetched by others"))) {
            WorkLoop loop = new WorkLoop(options, configuration, maxWait, stay);
            interruption.asks(loop::stop);
            long settled = loop.run();
            if (options.json) {
                options.printJson(true, JsonObject.of("settled", settled).put("requests", loop.requests()));
            } else {
                options.print("settled " + HumanFormat.counted(settled, "item", "items") + " by "
                        + HumanFormat.counted(loop.requests(), "request", "requests"));
            }
            return ExitCode.DONE;
        }
    }
}
