package dev.tactus.reconcile;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The currency of the books, and what others are worth in it over a period. It stands beside what a report says and
/// never takes its place.
///
/// Money times a rate is exact and never rounded; only what shows cents to people is rounded, half to even. Where one
/// currency of several has no rate, nothing is said of the whole.
///
/// @param currency ISO 4217
/// @param rates by currency, those that hold for the period
/// @param table SHA-256 of the file that the rates stand in; absent where they were read from a manifest
public record HomeCurrency(String currency, Map<String, ExchangeRate> rates, Optional<String> table) {
    private static final String NAME = "home_currency";
    private static final String RATE = "exchange_rate.";

    public HomeCurrency {
        rates = Collections.unmodifiableSortedMap(new TreeMap<>(rates));
    }

    /// With the rates of these currencies alone.
    public HomeCurrency among(Collection<String> currencies) {
        SortedMap<String, ExchangeRate> kept = new TreeMap<>(rates);
        kept.keySet().retainAll(Set.copyOf(currencies));
        return new HomeCurrency(currency, kept, table);
    }

    /// What amounts are worth together; empty where there are none, or one of them has no rate.
    public Optional<BigDecimal> worth(Collection<Money> amounts) {
        return amounts.isEmpty() || !missing(amounts).isEmpty()
                ? Optional.empty()
                : Optional.of(amounts.stream()
                        .map(money -> money.amount().multiply(rate(money.currency())))
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /// The currencies of amounts for which there is no rate.
    public Set<String> missing(Collection<Money> amounts) {
        Set<String> missing = new TreeSet<>();
        for (Money money : amounts) {
            if (!money.currency().equals(currency) && !rates.containsKey(money.currency())) {
                missing.add(money.currency());
            }
        }
        return missing;
    }

    private BigDecimal rate(String other) {
        ExchangeRate rate = rates.get(other);
        return rate == null ? BigDecimal.ONE : rate.rate();
    }

    void write(Map<String, String> rules) {
        rules.put(NAME, currency);
        rates.forEach((name, rate) -> rules.put(RATE + name, rate.written()));
    }

    static Optional<HomeCurrency> ofWritten(Map<String, String> rules) {
        SortedMap<String, ExchangeRate> rates = new TreeMap<>();
        rules.forEach((name, value) -> {
            if (name.startsWith(RATE)) {
                String currency = name.substring(RATE.length());
                rates.put(currency, ExchangeRate.ofWritten(currency, value));
            }
        });
        return Optional.ofNullable(rules.get(NAME)).map(home -> new HomeCurrency(home, rates, Optional.empty()));
    }
}
