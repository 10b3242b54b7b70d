package dev.tactus.reconcile;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The rates into a home currency that somebody keeps.
///
/// @param home the currency of the books, ISO 4217
/// @param sha256 of the file that they stand in
public record ExchangeRates(String home, List<ExchangeRate> rates, String sha256) {
    public ExchangeRates {
        rates = List.copyOf(rates);
        for (int i = 0; i < rates.size(); i++) {
            ExchangeRate one = rates.get(i);
            if (one.currency().equals(home)) {
                throw new IllegalArgumentException(home + " is the home currency and has no rate");
            }
            if (rates.subList(0, i).stream()
                    .anyMatch(other -> other.currency().equals(one.currency())
                            && other.of().equals(one.of()))) {
                throw new IllegalArgumentException(one.currency() + " has two rates for " + one.dated());
            }
        }
    }

    /// Those that hold for a period, one a currency: the one that is dated with the period itself, else the last one
    /// whose days lie in it. What is dated before or after it never stands in.
    public HomeCurrency of(Period period) {
        Map<String, ExchangeRate> chosen = new TreeMap<>();
        rates.stream()
                .filter(one -> period.contains(one.of()))
                .sorted(Comparator.comparing((ExchangeRate one) -> one.of().equals(period))
                        .thenComparing(one -> one.of().to())
                        .thenComparing(one -> one.of().from()))
                .forEach(one -> chosen.put(one.currency(), one));
        return new HomeCurrency(home, chosen, Optional.of(sha256));
    }
}
