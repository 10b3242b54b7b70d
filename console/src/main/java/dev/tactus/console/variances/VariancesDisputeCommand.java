package dev.tactus.console.variances;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.ledger.royalty.VarianceVerdict;
import picocli.CommandLine.Command;

@Command(
        name = "dispute",
        description = {
            "Disputes rows whose two sides differ, on the record.",
            "The next reconcile writes them to SOURCE-PERIOD-disputes.csv, to be sent to the service."
        },
        footerHeading = "%nExample:%n",
        footer = "  tactus variances dispute --period 2026-10 --source spotify --territory BR --by Ada"
                + " --comment \"Brazil has half of what your API counts\"")
public final class VariancesDisputeCommand extends VariancesDecideCommand {
    public VariancesDisputeCommand(CommandOptions options) {
        super(options, VarianceVerdict.DISPUTED);
    }
}
