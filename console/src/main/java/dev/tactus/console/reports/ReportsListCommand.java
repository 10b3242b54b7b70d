package dev.tactus.console.reports;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description = "Lists the imported reports and their state, oldest first.",
        footerHeading = "%nExample:%n",
        footer = "  tactus reports list")
public final class ReportsListCommand extends TactusCommand {
    private static final List<Column<Report>> COLUMNS = List.of(
            new Column<>("REPORT", Report::id),
            new Column<>("STATE", report -> report.state().label()),
            new Column<>("SENDER", Report::sender),
            new Column<>("SERVICES", report -> String.join(", ", report.services())),
            new Column<>("USAGE", ReportView::days),
            new Column<>("LANDED", report -> HumanFormat.count(report.counts().landed())),
            new Column<>("REJECTED", report -> HumanFormat.count(report.counts().rejected())),
            new Column<>("TOTAL", ReportsListCommand::money),
            new Column<>("FILE", Report::name),
            new Column<>("ACCEPTED", report -> report.accepted().orElse("")));

    public ReportsListCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        try (Ledger ledger = Stores.ledgerToRead(options.configuration(), options.console())) {
            List<Report> reports = ledger.reports().list();
            return options.printList(
                    new JsonObject(),
                    "reports",
                    reports,
                    ReportJson::fields,
                    COLUMNS,
                    HumanFormat.counted(reports.size(), "report", "reports"));
        }
    }

    private static String money(Report report) {
        return report.totals().stream()
                .map(total -> total.reported().toPlainString() + " " + total.currency())
                .collect(Collectors.joining(", "));
    }
}
