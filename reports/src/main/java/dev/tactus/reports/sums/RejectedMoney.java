package dev.tactus.reports.sums;

import dev.tactus.ledger.royalty.RejectedTotal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What the rejected rows of a report would have come to. Not thread-safe.
public final class RejectedMoney {
    /// The currency of rows that don't tell theirs (ISO 4217).
    private static final String NO_CURRENCY = "XXX";

    private record Sum(long rows, BigDecimal amount, BigDecimal turnover) {
        static final Sum ZERO = new Sum(0, BigDecimal.ZERO, BigDecimal.ZERO);

        Sum with(BigDecimal more) {
            return new Sum(rows + 1, amount.add(more), turnover.add(more.abs()));
        }
    }

    private final TreeMap<String, Sum> sums = new TreeMap<>();
    private long unreadable;

    public void add(Optional<String> currency, BigDecimal amount) {
        sums.merge(currency.orElse(NO_CURRENCY), Sum.ZERO.with(amount), (sum, _) -> sum.with(amount));
    }

    public void addUnreadable() {
        unreadable++;
    }

    /// Whether no rejected row had, or may have had, an amount.
    public boolean isEmpty() {
        return sums.isEmpty() && unreadable == 0;
    }

    /// How many rejected rows have an amount that can't be read, or can't be found.
    public long unreadable() {
        return unreadable;
    }

    /// By currency, sorted, after the rows whose amounts can't be read.
    public List<RejectedTotal> totals() {
        return Stream.concat(
                        unreadable == 0 ? Stream.empty() : Stream.of(RejectedTotal.unreadable(unreadable)),
                        sums.entrySet().stream()
                                .map(sum -> new RejectedTotal(
                                        sum.getKey(),
                                        sum.getValue().rows(),
                                        sum.getValue().amount())))
                .toList();
    }

    /// By currency, the sum of the amounts without their signs: refunds don't hide how much money it is about.
    public SortedMap<String, BigDecimal> turnover() {
        SortedMap<String, BigDecimal> turnover = new TreeMap<>();
        sums.forEach((currency, sum) -> turnover.put(currency, sum.turnover()));
        return turnover;
    }
}
