package dev.tactus.console.reports;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.ReportDecision;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "decisions",
        description = "Lists the decisions about texts in reports, oldest first, with who and when.",
        footerHeading = "%nExample:%n",
        footer = "  tactus reports decisions")
public final class ReportsDecisionsCommand extends TactusCommand {
    private static final List<Column<ReportDecision>> COLUMNS = List.of(
            new Column<>("SUBJECT", decision -> decision.subject().label()),
            new Column<>("TEXT", ReportDecision::text),
            new Column<>("MEANING", ReportDecision::meaning),
            new Column<>("SENDER", ReportDecision::sender),
            new Column<>("BY", ReportDecision::by),
            new Column<>("AT", decision -> decision.at().toString()),
            new Column<>(
                    "REVOKED",
                    decision -> decision.revoked()
                            .map(revoked -> revoked.at() + " by " + revoked.by())
                            .orElse("")));

    public ReportsDecisionsCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        try (Ledger ledger = Stores.ledgerToRead(options.configuration(), options.console())) {
            List<ReportDecision> decisions = ledger.reportDecisions().list();
            return options.printList(
                    new JsonObject(),
                    "decisions",
                    decisions,
                    ReportJson::decision,
                    COLUMNS,
                    HumanFormat.counted(decisions.size(), "decision", "decisions"));
        }
    }
}
