package dev.tactus.console.sync;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.source.CallBudget;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sync",
        description = {
            "Pulls the catalog from its sources into the lake.",
            "Without days it first completes unfinished runs, then fetches every day without a final answer.",
            "Items with a final answer from an earlier run are not requested again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus sync                                          all that is due, to yesterday",
            "  tactus sync --until 06:00 --max-calls 200000         what matters first, the rest tomorrow",
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

    @Option(
            names = "--new-run",
            description = "Fetch everything again; an unfinished run of the same days is abandoned.")
    private boolean newRun;

    @Option(
            names = "--max-calls",
            paramLabel = "N",
            converter = OptionTypes.CallCount.class,
            description =
                    "Make at most N calls, not counting those for tokens; what is not reached is left to the next sync.")
    private @Nullable Long maxCalls;

    @Option(
            names = "--until",
            paramLabel = "HH:MM",
            converter = OptionTypes.TimeOfDay.class,
            description = "Begin no call after this time (UTC, or with an offset, 06:00+02:00); the rest is left to the"
                    + " next sync.")
    private @Nullable OffsetTime until;

    public SyncCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        choice.checkDays(options.console().clock().instant());
        Configuration configuration = options.configuration();
        Instant now = options.console().clock().instant();
        CallBudget calls = new CallBudget(
                maxCalls == null ? Long.MAX_VALUE : maxCalls,
                Optional.ofNullable(until).map(time -> RunOptions.next(now, time)),
                options.console().clock());
        return new SyncRun(options, configuration, maxWait, calls).run(choice, newRun);
    }
}
