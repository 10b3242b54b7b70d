package dev.tactus.reconcile.statements;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.TablePart;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.join.QueryRows;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/// What a sender pays a unit in a territory, where that is not what it has paid in the six months before.
///
/// @param usual money a unit in the months before
/// @param now money a unit in the period
public record RateDeviation(
        String sender, String territory, String usageType, String currency, BigDecimal usual, BigDecimal now) {
    private static final int MONTHS = 6;
    private static final int MOST = 20;

    /// Those of a source's period, the most money first.
    ///
    /// @param limit share by which money a unit may differ from the usual
    public static List<RateDeviation> of(
            Workbench bench, ServiceSources services, String source, Period period, BigDecimal limit) {
        LocalDate before = period.from().minusMonths(MONTHS);
        String sales = bench.relation(TablePart.sales(before, period.to()));
        List<String> meant = ReportedServices.of(bench, sales, services, source);
        if (meant.isEmpty()) {
            return List.of();
        }
        return QueryRows.list(
                        bench,
                        SqlResource.of(RateDeviation.class, "rates")
                                .insert("sales", sales)
                                .with("services", meant)
                                .with("before", before)
                                .with("from", period.from())
                                .with("to", period.to())
                                .text(),
                        row -> new RateDeviation(
                                String.valueOf(row.get(0)),
                                String.valueOf(row.get(1)),
                                String.valueOf(row.get(2)),
                                String.valueOf(row.get(3)),
                                rate((BigDecimal) Objects.requireNonNull(row.get(5)), QueryRows.number(row.get(4))),
                                rate((BigDecimal) Objects.requireNonNull(row.get(7)), QueryRows.number(row.get(6)))))
                .stream()
                .filter(one -> one.share().abs().compareTo(limit) > 0)
                .limit(MOST)
                .toList();
    }

    private static BigDecimal rate(BigDecimal money, long units) {
        return money.divide(BigDecimal.valueOf(units), MathContext.DECIMAL64);
    }

    /// By how much it is more or less than usual; 0.5 is half more.
    public BigDecimal share() {
        return usual.signum() == 0
                ? (now.signum() == 0 ? BigDecimal.ZERO : BigDecimal.ONE)
                : now.subtract(usual).divide(usual.abs(), MathContext.DECIMAL64);
    }

    public String words() {
        return sender + " pays " + shown(now) + " " + currency + " a unit for " + usageType + " in " + territory
                + ", usually " + shown(usual) + " (" + (share().signum() > 0 ? "+" : "")
                + share().movePointRight(2).setScale(0, RoundingMode.HALF_EVEN).toPlainString() + " %)";
    }

    private static String shown(BigDecimal rate) {
        return rate.round(new MathContext(3)).stripTrailingZeros().toPlainString();
    }
}
