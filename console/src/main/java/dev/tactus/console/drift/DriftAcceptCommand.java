package dev.tactus.console.drift;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.JsonObject;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.quality.Drift;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "accept",
        description = "Confirms the source's value: the difference is no longer reported.",
        footerHeading = "%nExample:%n",
        footer = "  tactus drift accept 3f9c2a")
public final class DriftAcceptCommand extends TactusCommand {
    @Parameters(
            paramLabel = "ID",
            arity = "1..*",
            description = "The id, or its beginning, as tactus drift list prints it.")
    private List<String> ids = List.of();

    public DriftAcceptCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console())) {
            List<Drift> found = ids.stream().map(id -> find(ledger, id)).toList();
            List<Drift> accepted = found.stream()
                    .map(drift -> ledger.drifts().accept(drift.id()).orElse(drift))
                    .toList();
            Stores.copyToLake(configuration, ledger, options.console());
            return options.printResult(
                    JsonObject.of(
                            "accepted",
                            accepted.stream().map(DriftListCommand::fields).toList()),
                    () -> accepted.stream()
                            .map(drift -> "accepted " + drift.id() + ": "
                                    + drift.difference().isrc() + " "
                                    + drift.difference().field() + " is "
                                    + drift.difference().found())
                            .toList());
        }
    }

    private static Drift find(Ledger ledger, String id) {
        return ledger.drifts()
                .find(id)
                .orElseThrow(() -> CommandFailure.usage(
                        "no difference, or more than one, has the id " + id + "; see tactus drift list"));
    }
}
