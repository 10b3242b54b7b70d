package dev.tactus.console.deadletters;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.JsonObject;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.quality.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows a dead letter, with the payload as received.",
        footerHeading = "%nExample:%n",
        footer = "  tactus dead-letters show 3f9c2a")
public final class DeadLettersShowCommand extends TactusCommand {
    @Parameters(paramLabel = "ID", description = "The id, or its beginning, as tactus dead-letters list prints it.")
    private String id = "";

    public DeadLettersShowCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        try (Ledger ledger = Stores.ledgerToRead(options.configuration(), options.console())) {
            DeadLetter dead = ledger.deadLetters()
                    .find(id)
                    .orElseThrow(() -> CommandFailure.usage(
                            "no dead letter, or more than one, has the id " + id + "; see tactus dead-letters list"));
            String body = ledger.deadLetters()
                    .body(dead.id())
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("(its payload was let go)");
            JsonObject fields = DeadLettersListCommand.fields(dead);
            ledger.deadLetters()
                    .dismissals(dead.id())
                    .forEach(dismissal -> fields.put("dismissed_by", dismissal.by())
                            .put("dismissed_because", dismissal.reason())
                            .put("dismissed_at", dismissal.at()));
            List<String> lines = new ArrayList<>();
            fields.fields().forEach((name, value) -> lines.add(name + ": " + Objects.requireNonNullElse(value, "")));
            lines.add("");
            lines.add(body);
            return options.printResult(fields.put("body", body), () -> lines);
        }
    }
}
