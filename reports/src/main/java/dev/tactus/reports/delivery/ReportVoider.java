package dev.tactus.reports.delivery;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.BadReport;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes a report back, on the record: its rows leave the lake's current state, earlier snapshots keep them. The
/// ledger's lock has to be held.
public final class ReportVoider {
    /// A report that was taken back.
    ///
    /// @param rows of sales that went
    /// @param closed closed periods that it is about
    public record VoidedReport(Report report, long rows, List<String> closed) {}

    private final Ledger ledger;
    private final Lake lake;
    private final ClosedPeriods closed;

    public ReportVoider(Ledger ledger, Lake lake, ClosedPeriods closed) {
        this.ledger = ledger;
        this.lake = lake;
        this.closed = closed;
    }

    /// Takes one back.
    ///
    /// @param id or a part of it that fits only one
    /// @throws BadReport if there is no such report in the lake
    public VoidedReport run(String id, String by, String reason) {
        new ImportRecovery(ledger, lake).run();
        Report report = ledger.reports()
                .search(id)
                .orElseThrow(() -> new BadReport(
                        "no report, or more than one, matches the id " + id + "; see tactus reports list"));
        if (report.state() != ReportState.IMPORTED) {
            throw new BadReport("report " + report.id() + " is already "
                    + report.state().label()
                    + report.replacedBy().map(other -> " by " + other).orElse(""));
        }
        ledger.reports().beginVoid(report.id(), by, reason);
        long rows = lake.sales()
                .remove(
                        "void/" + report.id(),
                        Set.of(report.id()),
                        Map.of("report_id", report.id(), "voided_by", by, "reason", reason));
        ledger.reports().voided(report.id());
        return new VoidedReport(ledger.reports().find(report.id()).orElseThrow(), rows, closed.of(report));
    }
}
