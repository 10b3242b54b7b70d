package dev.tactus.reconcile.statements;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.QueryRows;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/// Refunds in one currency that come to more than what was sold in their period of the same recordings, territories and
/// kinds of usage: what they refund was sold in another one, and they are taken off this one's figures.
///
/// @param currency empty where they say no money
/// @param rows the refunds
/// @param units by which they are more than what was sold; less than nothing, or nothing
/// @param money likewise
/// @param ofGroups how many of them are of groups of territories, or of none that is known
/// @param named the first recordings and territories
/// @param cells how many there are
public record ForeignRefund(
        String currency, long rows, long units, BigDecimal money, long ofGroups, String named, long cells) {
    private static final int NAMED = 3;

    /// Those of a source's period.
    public static List<ForeignRefund> of(Workbench bench, ServiceSources services, String source, Period period) {
        String sales = bench.relation(TablePart.sales(period.from(), period.to()));
        List<String> meant = ReportedServices.of(bench, sales, services, source);
        if (meant.isEmpty()) {
            return List.of();
        }
        return QueryRows.list(
                bench,
                SqlResource.of(ForeignRefund.class, "refunds")
                        .insert("sales", sales)
                        .insert("matches", bench.relation(TablePart.all(LakeTable.USAGE_MATCHES)))
                        .insert("rows", bench.relation(new PeriodParts(source, period).reconciled()))
                        .with("services", meant)
                        .with("from", period.from())
                        .with("to", period.to())
                        .text(),
                row -> new ForeignRefund(
                        String.valueOf(row.get(0)),
                        QueryRows.number(row.get(1)),
                        QueryRows.number(row.get(2)),
                        (BigDecimal) Objects.requireNonNull(row.get(3)),
                        QueryRows.number(row.get(4)),
                        String.valueOf(row.get(5)),
                        QueryRows.number(row.get(6))));
    }

    public String words() {
        String money = this.money.signum() == 0
                ? ""
                : (units == 0 ? "" : " and ") + this.money.stripTrailingZeros().toPlainString() + " " + currency;
        return (rows == 1 ? "1 refund comes" : rows + " refunds come") + " to more than what was sold of the same in"
                + " this period: " + (units == 0 ? "" : units + (units == -1 ? " play" : " plays")) + money
                + " refund what was sold in another one, and are taken off here (" + named
                + (cells > NAMED ? ", …" : "") + ")"
                + (ofGroups == 0
                        ? ""
                        : "; "
                                + (ofGroups == 1
                                        ? "1 of them is of a group of territories, whose sales"
                                        : ofGroups + " of them are of groups of territories, whose sales")
                                + " may have been left out in their own period: look there");
    }
}
