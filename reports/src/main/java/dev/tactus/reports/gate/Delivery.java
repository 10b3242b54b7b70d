package dev.tactus.reports.gate;

import dev.tactus.lake.sales.PreparedSales;
import dev.tactus.lake.sales.SalesSize;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportTotal;
import dev.tactus.reports.rows.ImportStatistics;
import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;

/// A report whose rows are written and not yet visible.
///
/// @param report as the ledger will have it
public record Delivery(Report report, ImportStatistics statistics, PreparedSales written) {
    /// Rows, units and money of it.
    public SalesSize size() {
        SortedMap<String, BigDecimal> money = new TreeMap<>();
        for (ReportTotal total : report.totals()) {
            money.put(total.currency(), total.landed());
        }
        return new SalesSize(report.counts().landed(), statistics.quantity(), money);
    }

    /// What its rows say they earned in a currency, those that were rejected too.
    BigDecimal stated(String currency) {
        return landed(currency).add(rejected(currency));
    }

    BigDecimal landed(String currency) {
        return report.totals().stream()
                .filter(total -> total.currency().equals(currency))
                .map(ReportTotal::reported)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// What its rows that are no usage take off, or add.
    BigDecimal deducted(String currency) {
        return statistics.deductions().ofRows().getOrDefault(currency, BigDecimal.ZERO);
    }

    BigDecimal rejected(String currency) {
        return report.rejected().stream()
                .filter(total -> total.currency().equals(currency))
                .map(total -> total.amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
