package dev.tactus.console.periods;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.NameOption;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.reconcile.close.CloseOutcome;
import dev.tactus.reconcile.close.PeriodCloser;
import dev.tactus.reconcile.close.Signature;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "close",
        description = {
            "Closes a period; refuses one that is incomplete beyond the tolerance.",
            "Reconciles it once more, keeps the snapshots it is based on, and writes a manifest with the digest of"
                    + " every file, chained to the manifest before."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus close --period 2026-10 --by \"Ada Lovelace\"",
            "  tactus close --period 2026-10 --source spotify --by Ada --accept \"Brazil is late; agreed with"
                    + " finance\"",
            "  tactus close approve --period 2026-10 --by \"Grace Hopper\"     where two people are required",
            "  tactus reconcile --period 2026-10 --source spotify --closed --out october.csv   the same bytes for ever"
        })
public final class CloseCommand extends CloseBaseCommand {
    @Mixin
    private final PeriodOptions choice = new PeriodOptions();

    @Mixin
    private final NameOption name = new NameOption();

    @Option(
            names = "--accept",
            paramLabel = "REASON",
            converter = OptionTypes.RecordedText.class,
            description = "Close despite being incomplete beyond the tolerance; the reason goes on the record.")
    private @Nullable String accept;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    public CloseCommand(CommandOptions options) {
        super(options);
    }

    /// What is needed here is not needed by the word below it, which picocli can't tell apart.
    @Override
    public Integer call() {
        if (name.by.isEmpty()) {
            throw missing("--by=NAME");
        }
        if (choice.isMissing()) {
            throw missing("--period=P");
        }
        return super.call();
    }

    private ParameterException missing(String option) {
        return new ParameterException(command.commandLine(), "Missing required option: '" + option + "'");
    }

    @Override
    PeriodOptions choice() {
        return choice;
    }

    @Override
    String by() {
        return name.by;
    }

    @Override
    Optional<String> accept() {
        return Optional.ofNullable(accept);
    }

    @Override
    CloseOutcome outcome(PeriodCloser closer, String source, Signature by) {
        return options.configuration().secondPerson()
                ? closer.prepare(source, choice.period(), by, accept())
                : closer.close(source, choice.period(), by, accept());
    }
}
