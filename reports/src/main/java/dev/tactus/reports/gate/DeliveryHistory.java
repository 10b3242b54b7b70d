package dev.tactus.reports.gate;

import dev.tactus.lake.sales.SalesBatch;
import dev.tactus.lake.sales.SalesSize;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a sender has sent before, as far as it tells what is usual. Nothing of it refuses a delivery.
public final class DeliveryHistory {
    private static final int MOST_REPORTS = 6;
    private static final BigDecimal TWICE = BigDecimal.TWO;
    private static final MathContext RATE = new MathContext(4);

    /// As they were when the import began: a folder of hundreds would read them hundreds of times.
    private final List<Report> before;

    public DeliveryHistory(Ledger ledger) {
        this.before = ledger.reports().list().stream()
                .filter(report -> report.state() == ReportState.IMPORTED)
                .toList();
    }

    /// The month after the last one that the sender has reported by files of this kind; absent where there are none.
    Optional<YearMonth> nextMonth(Delivery delivery, List<String> replaces) {
        return before.stream()
                .filter(report -> report.sender().equals(delivery.report().sender())
                        && report.layout().equals(delivery.report().layout())
                        && !replaces.contains(report.id()))
                .flatMap(report -> report.usageEnd().stream())
                .max(Comparator.naturalOrder())
                .map(last -> YearMonth.from(last).plusMonths(1));
    }

    /// What is less than half of the least, or more than twice the most, of the sender's last reports of this kind.
    List<String> warnings(Delivery delivery, SalesBatch batch, List<String> replaces) {
        List<String> last = before.stream()
                .filter(report -> report.sender().equals(delivery.report().sender())
                        && report.layout().equals(delivery.report().layout())
                        && !replaces.contains(report.id()))
                .sorted(Comparator.comparing(
                                (Report report) -> report.usageEnd().orElse(LocalDate.MIN))
                        .reversed())
                .limit(MOST_REPORTS)
                .map(Report::id)
                .toList();
        if (last.size() < 2) {
            return List.of();
        }
        Collection<SalesSize> sizes = batch.sizes(last).values();
        SalesSize now = delivery.size();
        List<String> warnings = new ArrayList<>();
        unusual(now, sizes, size -> Optional.of(BigDecimal.valueOf(size.rows())), "rows")
                .ifPresent(warnings::add);
        for (String currency : now.money().keySet()) {
            unusual(now, sizes, size -> Optional.ofNullable(size.money().get(currency)), currency)
                    .ifPresent(warnings::add);
            unusual(now, sizes, size -> rate(size, currency), currency + " a unit")
                    .ifPresent(warnings::add);
        }
        return warnings;
    }

    private static Optional<BigDecimal> rate(SalesSize size, String currency) {
        return size.units().signum() == 0
                ? Optional.empty()
                : Optional.ofNullable(size.money().get(currency))
                        .map(money -> money.divide(new BigDecimal(size.units()), RATE));
    }

    private static Optional<String> unusual(
            SalesSize now,
            Collection<SalesSize> before,
            Function<SalesSize, Optional<BigDecimal>> measure,
            String what) {
        List<BigDecimal> values = before.stream()
                .flatMap(size -> measure.apply(size).stream())
                .sorted()
                .toList();
        Optional<BigDecimal> value = measure.apply(now);
        if (values.size() < 2 || value.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal least = values.getFirst();
        BigDecimal most = values.getLast();
        boolean below = value.get().multiply(TWICE).compareTo(least) < 0;
        boolean above = value.get().compareTo(most.multiply(TWICE)) > 0;
        return below || above
                ? Optional.of("unusual: " + plain(value.get()) + " " + what + "; the last " + values.size()
                        + " reports of this sender had " + plain(least) + " to " + plain(most))
                : Optional.empty();
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
