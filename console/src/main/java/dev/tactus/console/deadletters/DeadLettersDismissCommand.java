package dev.tactus.console.deadletters;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.ReasonOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.quality.DeadLetter;
import dev.tactus.ledger.quality.DeadLetterState;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "dismiss",
        description = {"Gives up payloads that can't be used, on the record.", "Their items stay dead-lettered."},
        footerHeading = "%nExample:%n",
        footer = "  tactus dead-letters dismiss 3f9c2a --by Ada --reason \"the service has withdrawn the recording\"")
public final class DeadLettersDismissCommand extends TactusCommand {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "Which ones, as tactus dead-letters list prints them.")
    private List<String> ids = List.of();

    @Mixin
    private final ReasonOptions decision = new ReasonOptions();

    public DeadLettersDismissCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console())) {
            List<DeadLetter> letters =
                    ids.stream().map(id -> open(ledger, id)).distinct().toList();
            ledger.transaction(() ->
                    letters.forEach(letter -> ledger.deadLetters().dismiss(letter.id(), decision.by, decision.reason)));
            Stores.copyToLake(configuration, ledger, options.console());
            return options.printResult(
                    JsonObject.of(
                            "dismissed", letters.stream().map(DeadLetter::id).toList()),
                    () -> List.of(HumanFormat.counted(letters.size(), "dead letter is", "dead letters are")
                            + " dismissed; the lake's table follows with the next run"));
        }
    }

    private static DeadLetter open(Ledger ledger, String id) {
        DeadLetter letter = ledger.deadLetters()
                .find(id)
                .orElseThrow(() -> CommandFailure.usage(
                        "no dead letter, or more than one, has the id " + id + "; see tactus dead-letters list"));
        if (letter.state() != DeadLetterState.OPEN) {
            throw CommandFailure.usage("dead letter " + letter.id() + " is " + HumanFormat.label(letter.state())
                    + ": only an open one can be dismissed");
        }
        return letter;
    }
}
