package dev.tactus.reports.rows;

import dev.tactus.lake.sales.SaleContext;
import dev.tactus.reports.ReportingPeriod;
import dev.tactus.reports.sums.CurrencySum;
import java.util.Optional;

/// What rows have in common besides what was sold: where, when, how, in which currency. Not thread-safe.
final class RowContext {
    private final SaleContext sale;
    private final Optional<CurrencySum> sum;
    private final Optional<String> service;
    private final ReportingPeriod days;
    private final Optional<ReportingPeriod> statement;
    private final Optional<String> note;
    private boolean used;

    /// What rows have in common.
    ///
    /// @param sum of its currency
    /// @param note what people should know of rows like this
    RowContext(
            SaleContext sale,
            Optional<CurrencySum> sum,
            Optional<String> service,
            ReportingPeriod days,
            Optional<ReportingPeriod> statement,
            Optional<String> note) {
        this.sale = sale;
        this.sum = sum;
        this.service = service;
        this.days = days;
        this.statement = statement;
        this.note = note;
    }

    SaleContext sale() {
        return sale;
    }

    Optional<CurrencySum> sum() {
        return sum;
    }

    void landed(ImportStatistics statistics, long line) {
        if (!used) {
            used = true;
            statistics.covers(service, days.start(), days.end());
            statistics.days().check(days, statement, line);
        }
        if (note.isPresent()) {
            statistics.note(note.get());
        }
    }
}
