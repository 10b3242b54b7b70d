package dev.tactus.console.variances;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.ledger.royalty.VarianceVerdict;
import picocli.CommandLine.Command;

@Command(
        name = "accept",
        description = {
            "Accepts rows whose two sides differ, on the record.",
            "A row named by --isrc and --territory may be any whose report differs from the API's count."
        },
        footerHeading = "%nExample:%n",
        footer = "  tactus variances accept --period 2026-10 --source spotify --isrc USUM72409273 --territory DE"
                + " --by Ada --comment \"the API counts previews\"")
public final class VariancesAcceptCommand extends VariancesDecideCommand {
    public VariancesAcceptCommand(CommandOptions options) {
        super(options, VarianceVerdict.ACCEPTED);
    }
}
