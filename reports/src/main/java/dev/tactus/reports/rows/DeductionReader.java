package dev.tactus.reports.rows;

import dev.tactus.lake.sales.SaleAmount;
import dev.tactus.lake.sales.SaleDeduction;
import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.reports.DeductionKind;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.DeductionRule;
import dev.tactus.reports.layout.Layout;
import dev.tactus.reports.layout.NumberFormat;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import dev.tactus.reports.layout.RecordLayout;
import dev.tactus.reports.layout.RowRule;
import dev.tactus.reports.sums.CurrencySign;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes from rows what is taken off the label's money. Not thread-safe.
final class DeductionReader {
    /// @param heading as the file has it
    private record DeductionColumn(DeductionKind kind, int place, String heading) {}

    private record DeductionRow(DeductionKind kind, RowRule.BoundRowRule when) {}

    private final FieldBindings binding;
    private final NumberFormat numbers;
    private final RowContextReader contexts;
    private final ImportStatistics statistics;
    private final List<DeductionColumn> columns = new ArrayList<>();
    private final List<DeductionRow> rows = new ArrayList<>();

    /// @param type the kind of the records; empty where rows are of one kind
    DeductionReader(
            Layout layout,
            String type,
            List<String> headings,
            FieldBindings binding,
            NumberFormat numbers,
            RowContextReader contexts,
            ImportStatistics statistics) {
        this.binding = binding;
        this.numbers = numbers;
        this.contexts = contexts;
        this.statistics = statistics;
        for (DeductionRule rule : layout.deductions()) {
            if (!rule.records().isEmpty() && !RecordLayout.has(rule.records(), type)) {
                continue;
            }
            rule.column()
                    .flatMap(column -> column.in(headings))
                    .ifPresent(place -> columns.add(new DeductionColumn(rule.kind(), place, headings.get(place))));
            rule.when()
                    .flatMap(when -> when.in(headings))
                    .ifPresent(when -> rows.add(new DeductionRow(rule.kind(), when)));
        }
    }

    boolean hasColumns() {
        return !columns.isEmpty();
    }

    /// Takes a row that is nothing else.
    ///
    /// @return whether it is one; it then has landed, or was rejected with the reason
    boolean take(RowView[] row, long line, byte[] raw, SalesWriter writer) {
        for (int i = 0; i < rows.size(); i++) {
            DeductionRow rule = rows.get(i);
            if (rule.when().fits(row[0])) {
                taken(rule.kind(), row, line, raw, writer);
                return true;
            }
        }
        return false;
    }

    /// Takes a row that says in words of its own what it takes off.
    void taken(DeductionKind kind, RowView[] row, long line, byte[] raw, SalesWriter writer) {
        Optional<BoundField> money = binding.field(ReportField.NET_REVENUE);
        int place = money.isEmpty() ? -1 : money.get().firstFilled(row);
        if (place < 0) {
            // a line in words
            statistics.skip();
            return;
        }
        String text = row[money.get().holder(place)].text(money.get().column(place));
        try {
            Optional<String> currency = contexts.currencyAlone(row);
            if (currency.flatMap(own -> CurrencySign.foreign(text, own)).isPresent()) {
                throw new NotANumber("'" + text + "' has the sign of another currency than " + currency.get());
            }
            SaleAmount amount = amount(text);
            writer.deduction(line, deduction(kind, Optional.empty(), currency, row, amount, text), raw);
            statistics.deduct(kind, currency, amount.landed());
        } catch (NotANumber e) {
            statistics.reject(ReportField.NET_REVENUE, String.valueOf(e.getMessage()));
            statistics.controlTotals().rejectedUnreadable();
            statistics.rejectedMoney().addUnreadable();
            writer.reject(line, ReportField.NET_REVENUE.label(), String.valueOf(e.getMessage()), raw);
        }
    }

    /// Takes what columns of a row say beside what it is besides.
    ///
    /// @return whether they said something
    boolean beside(RowView[] row, long line, byte[] raw, SalesWriter writer) {
        boolean any = false;
        for (int i = 0; i < columns.size(); i++) {
            DeductionColumn column = columns.get(i);
            if (row[0].isEmpty(column.place()) || BoundField.isZero(row[0], column.place())) {
                continue;
            }
            String text = row[0].text(column.place());
            try {
                SaleAmount amount = amount(text);
                if (amount.landed().signum() != 0) {
                    any = true;
                    Optional<String> currency = contexts.currencyAlone(row);
                    writer.deduction(
                            line,
                            deduction(column.kind(), Optional.of(column.heading()), currency, row, amount, text),
                            raw);
                    statistics.deductBeside(column.kind(), currency, amount.landed());
                }
            } catch (NotANumber e) {
                statistics.note("rows whose \"" + column.heading() + "\" can't be read: landed without that deduction");
            }
        }
        return any;
    }

    private SaleAmount amount(String text) throws NotANumber {
        BigDecimal exact = numbers.parse(text);
        try {
            return SaleAmount.of(exact, new byte[0]);
        } catch (ArithmeticException e) {
            throw new NotANumber("'" + text + "': " + e.getMessage());
        }
    }

    private SaleDeduction deduction(
            DeductionKind kind,
            Optional<String> heading,
            Optional<String> currency,
            RowView[] row,
            SaleAmount amount,
            String text) {
        return new SaleDeduction(
                kind.label(),
                heading.orElse(null),
                words(ReportField.TITLE, row).orElse(null),
                contexts.statementAlone(row).orElse(null),
                currency.orElse(null),
                amount.landed(),
                text);
    }

    private Optional<String> words(ReportField field, RowView[] row) {
        return binding.field(field).map(bound -> bound.text(row)).filter(text -> !text.isEmpty());
    }
}
