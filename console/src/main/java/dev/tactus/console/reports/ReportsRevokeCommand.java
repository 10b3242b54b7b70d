package dev.tactus.console.reports;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.JsonObject;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.ReportDecision.Subject;
import dev.tactus.reports.matching.ReportDecisionTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = "Revokes a decision of tactus reports decide. The record keeps it.",
        footerHeading = "%nExample:%n",
        footer = "  tactus reports revoke store \"SPTFY-PRM\" --sender Believe --by Ada")
public final class ReportsRevokeCommand extends TactusCommand {
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "territory, store, usage or deduction.")
    private String subject = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "The text that was decided about.")
    private String text = "";

    @Option(
            names = "--sender",
            paramLabel = "NAME",
            description = "The sender that the decision names. Default: the decision for all.")
    private String sender = "";

    @Option(
            names = "--by",
            paramLabel = "NAME",
            required = true,
            converter = OptionTypes.RecordedText.class,
            description = "Who takes it back, for the record.")
    private String by = "";

    public ReportsRevokeCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Subject about = ReportsDecideCommand.subject(subject);
        Configuration configuration = options.configuration();
        Stores.requireLedger(configuration);
        Instant now = options.console().clock().instant().truncatedTo(ChronoUnit.MICROS);
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("reports revoke");
                Lake lake = Stores.lakeToChange(configuration, ledger, options.console())) {
            if (!ledger.reportDecisions().revoke(about, sender.strip(), text.strip(), by, now)) {
                throw CommandFailure.usage("nothing is decided about the " + about.label() + " '" + text + "'"
                        + (sender.isEmpty() ? "" : " of " + sender)
                        + "; tactus reports decisions lists what is");
            }
            new ReportDecisionTable(ledger, lake).publish();
        }
        return options.printResult(
                JsonObject.of("subject", about.label())
                        .put("text", text)
                        .put("sender", sender.isEmpty() ? null : sender)
                        .put("revoked_by", by)
                        .put("revoked_at", now),
                () -> List.of("revoked: " + about.label() + " '" + text
                        + "'; reports that are in the lake stay as they were read"));
    }
}
