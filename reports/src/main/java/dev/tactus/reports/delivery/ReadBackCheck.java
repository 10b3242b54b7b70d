package dev.tactus.reports.delivery;

import dev.tactus.lake.PreparedSales;
import dev.tactus.ledger.royalty.ReportTotal;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.rows.ImportStatistics;
import java.util.List;

/// Compares what was read, row by row, with what the lake's files hold, summed up by DuckDB.
final class ReadBackCheck {
    private ReadBackCheck() {}

    /// @throws BadReport if a row or an amount is missing, doubled or changed; or if no row at all could be taken
    static void of(String name, ImportStatistics account, PreparedSales written) {
        if (account.landed() == 0 && account.rejected() > 0) {
            throw new BadReport(name + ": none of its " + account.rejected() + " rows can be taken; most often: "
                    + account.reasons().getFirst().getKey());
        }
        same(name, "rows", account.landed(), written.rows());
        same(name, "rejected rows", account.rejected(), written.rejects());
        same(name, "the sum of line numbers", account.lineSum(), written.lineSum());
        same(name, "the sum of quantities", account.quantity(), written.quantity());
        List<ReportTotal> totals = account.totals();
        same(name, "currencies", totals.size(), written.totals().size());
        for (int i = 0; i < totals.size(); i++) {
            ReportTotal expected = totals.get(i);
            PreparedSales.Total found = written.totals().get(i);
            same(name, "the currency", expected.currency(), found.currency());
            same(name, "amounts in " + expected.currency(), expected.rows(), found.rows());
            if (expected.landed().compareTo(found.amount()) != 0) {
                same(name, "the sum in " + expected.currency(), expected.landed(), found.amount());
            }
        }
    }

    private static void same(String name, String what, Object read, Object landed) {
        if (!read.equals(landed)) {
            throw new BadReport(name + ": what was written is not what was read: " + what + ": " + read + " read, "
                    + landed + " written. Nothing was imported; check the disk and the memory of this machine");
        }
    }
}
