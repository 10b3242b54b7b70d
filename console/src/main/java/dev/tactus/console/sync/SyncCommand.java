package dev.tactus.console.sync;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.DurationConverter;
import dev.tactus.console.config.Configuration;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sync",
        description = "Pulls the catalog through a source into the lake. The same source, days and datasets continue an"
                + " unfinished run by themselves.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus sync                                          yesterday, and days that are not final yet",
            "  tactus sync --source spotify --day 2026-11-21",
            "  tactus sync --from 2026-11-01 --to 2026-11-07 --datasets streams",
            "  tactus sync --json --log json                        for a scheduler"
        })
public final class SyncCommand implements Callable<Integer> {
    @Mixin
    private final CommandOptions common;

    @Mixin
    private final RunOptions choice = new RunOptions();

    @Option(
            names = "--max-wait",
            paramLabel = "DURATION",
            defaultValue = "15m",
            converter = DurationConverter.class,
            description = "How long to wait, in all, for parked work to come due. Default: ${DEFAULT-VALUE}")
    private Duration maxWait = Duration.ofMinutes(15);

    @Option(names = "--new-run", description = "Give up an unfinished run of the same days and start anew.")
    private boolean newRun;

    public SyncCommand(CommandOptions common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        choice.checkDays(common.console().clock().instant());
        Configuration configuration = common.configuration();
        return new SyncRun(common, configuration).run(choice, maxWait, newRun);
    }
}
