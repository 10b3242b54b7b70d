package dev.tactus.console.reports;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.ReasonOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.periods.CloseLookup;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.reconcile.coverage.ReportFallback;
import dev.tactus.reports.delivery.ReportVoider;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "void",
        description = "Withdraws a report, on the record: its rows leave the lake's current state.",
        footerHeading = "%nExample:%n",
        footer = "  tactus reports void 3f9c2a --by Ada --reason \"another label's\"")
public final class ReportsVoidCommand extends TactusCommand {
    @Parameters(paramLabel = "REPORT", description = "The id, or a part of it, as tactus reports list prints it.")
    private String id = "";

    @Mixin
    private final ReasonOptions decision = new ReasonOptions();

    public ReportsVoidCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        Stores.requireLedger(configuration);
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("reports void");
                Lake lake = Stores.lakeToChange(configuration, ledger, options.console())) {
            ReportVoider.VoidedReport voided =
                    new ReportVoider(ledger, lake, CloseLookup.of(ledger)).run(id, decision.by, decision.reason);
            ReportFallback.Change settled = new ReportFallback(ledger, lake, configuration.services()).settle();
            return options.printResult(
                    ReportJson.fields(voided.report())
                            .put("rows", voided.rows())
                            .put("closed", voided.closed())
                            .put("awaiting_report", settled.awaiting()),
                    () -> lines(voided, settled));
        }
    }

    private static List<String> lines(ReportVoider.VoidedReport voided, ReportFallback.Change settled) {
        List<String> lines = new ArrayList<>();
        lines.add("withdrawn: " + voided.report().id() + ", " + HumanFormat.counted(voided.rows(), "row", "rows")
                + " left the lake's current state");
        if (!voided.closed().isEmpty()) {
            lines.add("  closed periods are unchanged: " + String.join(", ", voided.closed())
                    + "; the difference becomes an adjustment");
        }
        if (settled.awaiting() > 0) {
            lines.add("  " + HumanFormat.counted(settled.awaiting(), "item awaits", "items await") + " a report again");
        }
        return lines;
    }
}
