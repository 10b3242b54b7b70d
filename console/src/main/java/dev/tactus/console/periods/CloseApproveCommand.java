package dev.tactus.console.periods;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.NameOption;
import dev.tactus.reconcile.close.CloseOutcome;
import dev.tactus.reconcile.close.PeriodCloser;
import dev.tactus.reconcile.close.Signature;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "approve",
        description = {
            "Closes a period that somebody else has prepared, as a second person.",
            "The second person is another user of this machine, or has a token of their own in TACTUS_TOKEN; a second"
                    + " name typed by the same user is refused."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo -u grace tactus close approve --period 2026-10 --by \"Grace Hopper\"",
            "  TACTUS_TOKEN=… tactus close approve --period 2026-10 --source spotify --by Grace"
        })
public final class CloseApproveCommand extends CloseBaseCommand {
    @Mixin
    private final PeriodOptions choice = new PeriodOptions();

    @Mixin
    private final NameOption name = new NameOption();

    public CloseApproveCommand(CommandOptions options) {
        super(options);
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
    CloseOutcome outcome(PeriodCloser closer, String source, Signature by) {
        return closer.approve(source, choice.period(), by);
    }

    @Override
    Optional<String> accept() {
        return Optional.empty();
    }
}
