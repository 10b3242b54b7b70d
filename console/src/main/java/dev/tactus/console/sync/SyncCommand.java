package dev.tactus.console.sync;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sync",
        description = {
            "Pulls the catalog from its sources into the lake.",
            "Without days it first ends what is unfinished, then fetches every day without a final answer.",
            "What an earlier run has the final answer to is not asked again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus sync                                          all that is due, to yesterday",
            "  tactus sync --source spotify --day 2026-11-21",
            "  tactus sync --from 2026-11-01 --to 2026-11-07 --datasets streams",
            "  tactus sync --json --log json                        for a scheduler"
        })
public final class SyncCommand extends TactusCommand {
    @Mixin
    private final RunOptions choice = new RunOptions();

    @Option(
            names = "--max-wait",
            paramLabel = "DURATION",
            defaultValue = "15m",
            description = "How long to wait, in total, for postponed work. Default: ${DEFAULT-VALUE}")
    private Duration maxWait = Duration.ofMinutes(15);

    @Option(names = "--new-run", description = "Ask everything anew; an unfinished run of the same days is abandoned.")
    private boolean newRun;

    public SyncCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        choice.checkDays(options.console().clock().instant());
        Configuration configuration = options.configuration();
        return new SyncRun(options, configuration, maxWait).run(choice, newRun);
    }
}
