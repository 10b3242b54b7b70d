package dev.tactus.console.variances;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.database.DatabaseLock;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.VarianceDecision;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = "Revokes decisions about rows, on the record.",
        footerHeading = "%nExample:%n",
        footer = "  tactus variances revoke 3f9c2a --by Grace --reason \"they have sent a new statement\"")
public final class VariancesRevokeCommand extends TactusCommand {
    @Parameters(
            paramLabel = "ID",
            arity = "1..*",
            description = "Decisions, or the beginnings of their ids, as tactus variances list prints them.")
    private List<String> ids = List.of();

    @Option(
            names = "--by",
            required = true,
            paramLabel = "NAME",
            converter = OptionTypes.RecordedText.class,
            description = "Your name, for the record.")
    private String by = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "REASON",
            converter = OptionTypes.RecordedText.class,
            description = "Why, for the record.")
    private String reason = "";

    public VariancesRevokeCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("variances")) {
            List<VarianceDecision> meant =
                    ids.stream().map(id -> inForce(ledger, id)).distinct().toList();
            ledger.transaction(
                    () -> meant.forEach(one -> ledger.varianceDecisions().revoke(one.id(), by, reason)));
            Stores.countInLake(configuration, ledger, options.console());
            return options.printResult(
                    JsonObject.of(
                            "revoked", meant.stream().map(VarianceDecision::id).toList()),
                    () -> List.of(HumanFormat.counted(meant.size(), "decision is", "decisions are")
                            + " revoked; what they were about waits for a decision again"));
        }
    }

    private static VarianceDecision inForce(Ledger ledger, String id) {
        VarianceDecision found = ledger.varianceDecisions()
                .find(id)
                .orElseThrow(() -> CommandFailure.usage(
                        "no decision, or more than one, has the id " + id + "; see tactus variances list"));
        found.ending().ifPresent(ending -> {
            throw CommandFailure.usage("the decision " + found.id() + " is no longer in force: " + ending.reason()
                    + " (" + ending.by() + ")");
        });
        return found;
    }
}
