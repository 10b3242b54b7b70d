package dev.tactus.reconcile.files;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.QueryRows;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What the statements behind a period's figures take off, or add, beside sales: of one sender, kind and currency. It
/// is that of the whole statements, whichever other services and periods they are about, too.
///
/// @param heading the column beside sales that says it, which is off the sales already; absent where it stands in lines
///     of its own, which are in no sale
record DeductionLine(String sender, String kind, Optional<String> heading, long lines, Money sum) {
    private static final int MEGABYTES = 64;

    /// Of the reports that the period's rows are made from, by sender, kind and currency.
    static List<DeductionLine> of(Lake lake, Workbench bench, PeriodParts parts) {
        Optional<Long> now;
        try (Workbench latest = lake.workbench(MEGABYTES)) {
            now = latest.snapshot(LakeTable.DEDUCTIONS);
        }
        return QueryRows.list(
                bench,
                SqlResource.of(DeductionLine.class, "deductions")
                        .insert("deductions", bench.relation(TablePart.all(LakeTable.DEDUCTIONS), now))
                        .insert("rows", bench.relation(parts.reconciled()))
                        .text(),
                row -> new DeductionLine(
                        String.valueOf(row.get(0)),
                        String.valueOf(row.get(1)),
                        Optional.ofNullable((String) row.get(2)),
                        QueryRows.number(row.get(3)),
                        new Money(String.valueOf(row.get(4)), (BigDecimal) Objects.requireNonNull(row.get(5)))));
    }

    /// Where the statement says it, in words.
    String place() {
        return heading.map(column -> "column " + column + ", off the sales already")
                .orElse("lines of their own");
    }
}
