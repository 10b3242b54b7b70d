package dev.tactus.reports.delivery;

import dev.tactus.lake.sales.PreparedSales;
import dev.tactus.lake.sales.PreparedSales.Total;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.rows.ImportStatistics;
import java.math.BigInteger;
import java.util.List;

/// Sums over a report's rows: as they were read one by one, or as DuckDB finds them in the lake's files. They have to
/// be the same before anything becomes visible.
///
/// @param lineSum of the lines' numbers: a row that is there twice, or another one's, shows in it
/// @param totals of currencies that have amounts, sorted
/// @param deducted by kind and currency, sorted
record ReportSums(
        long rows, long rejects, BigInteger lineSum, BigInteger quantity, List<Total> totals, List<Total> deducted) {
    static ReportSums read(ImportStatistics statistics) {
        return new ReportSums(
                statistics.landed(),
                statistics.rejected(),
                statistics.lineSum(),
                statistics.quantity(),
                statistics.totals().stream()
                        .map(total -> new Total(total.currency(), total.rows(), total.landed()))
                        .toList(),
                statistics.deductions().totals());
    }

    static ReportSums written(PreparedSales sales) {
        return new ReportSums(
                sales.rows(), sales.rejects(), sales.lineSum(), sales.quantity(), sales.totals(), sales.deducted());
    }

    /// Compares what was read with what was written.
    ///
    /// @throws BadReport if a row or an amount is missing, doubled or changed
    void requireSame(String name, ReportSums written) {
        same(name, "rows", rows, written.rows);
        same(name, "rejected rows", rejects, written.rejects);
        same(name, "the sum of line numbers", lineSum, written.lineSum);
        same(name, "the sum of quantities", quantity, written.quantity);
        same(name, "", totals, written.totals);
        same(name, "deductions: ", deducted, written.deducted);
    }

    private static void same(String name, String of, List<Total> read, List<Total> written) {
        same(name, of + "currencies", read.size(), written.size());
        for (int i = 0; i < read.size(); i++) {
            Total expected = read.get(i);
            Total found = written.get(i);
            same(name, of + "the currency", expected.currency(), found.currency());
            same(name, of + "amounts in " + expected.currency(), expected.rows(), found.rows());
            if (expected.amount().compareTo(found.amount()) != 0) {
                same(name, of + "the sum in " + expected.currency(), expected.amount(), found.amount());
            }
        }
    }

    private static void same(String name, String what, Object read, Object written) {
        if (!read.equals(written)) {
            throw new BadReport(name + ": the written rows differ from those read: " + what + ": " + read + " read, "
                    + written + " written. Nothing was imported; check this machine's disk and memory");
        }
    }
}
