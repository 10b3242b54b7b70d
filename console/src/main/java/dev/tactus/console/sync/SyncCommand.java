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
            "Pulls the catalog from a source into the lake.",
            "An unfinished run of the same source, days and datasets continues by itself."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus sync                                          yesterday, and days that are not final yet",
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

    @Option(names = "--new-run", description = "Abandon an unfinished run of the same days and start a new one.")
    private boolean newRun;

    public SyncCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        choice.checkDays(options.console().clock().instant());
        Configuration configuration = options.configuration();
        return new SyncRun(options, configuration).run(choice, maxWait, newRun);
    }
}
