package dev.tactus.reports.sums;

import dev.tactus.lake.sales.PreparedSales.Total;
import dev.tactus.reports.DeductionKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a report takes off the label's money: in rows that are nothing else, and in columns beside sales. Not
/// thread-safe.
public final class DeductionSums {
    /// The currency of rows that don't tell theirs (ISO 4217).
    private static final String NO_CURRENCY = "XXX";

    private final TreeMap<String, Total> all = new TreeMap<>();
    private final TreeMap<String, BigDecimal> ofRows = new TreeMap<>();

    public void addRow(DeductionKind kind, Optional<String> currency, BigDecimal amount) {
        ofRows.merge(currency.orElse(NO_CURRENCY), amount, BigDecimal::add);
        addBeside(kind, currency, amount);
    }

    public void addBeside(DeductionKind kind, Optional<String> currency, BigDecimal amount) {
        String key = kind.label() + " " + currency.orElse(NO_CURRENCY);
        all.merge(
                key,
                new Total(key, 1, amount),
                (sum, one) -> new Total(key, sum.rows() + 1, sum.amount().add(one.amount())));
    }

    /// By kind and currency with a space between, sorted.
    public List<Total> totals() {
        return List.copyOf(all.values());
    }

    /// What rows that are nothing else come to, by currency: it is part of what a statement pays.
    public SortedMap<String, BigDecimal> ofRows() {
        return new TreeMap<>(ofRows);
    }

    /// All of it in one number, as a total without a currency states it.
    public BigDecimal sumOfRows() {
        return ofRows.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// By kind, then currency.
    public Map<String, SortedMap<String, BigDecimal>> byKind() {
        Map<String, SortedMap<String, BigDecimal>> kinds = new TreeMap<>();
        all.forEach((key, total) -> {
            int space = key.indexOf(' ');
            kinds.computeIfAbsent(key.substring(0, space), _ -> new TreeMap<>())
                    .put(key.substring(space + 1), total.amount());
        });
        return kinds;
    }
}
