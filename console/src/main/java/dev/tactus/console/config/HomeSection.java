package dev.tactus.console.config;

import dev.tactus.reconcile.ExchangeRates;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.nio.file.Path;
import java.util.Optional;

/// The currency that the books are kept in: `reconcile: home_currency` and `rates_file`.
///
/// @param file the rates into it
public record HomeSection(String currency, Path file) {
    static Optional<HomeSection> read(Section reconcile, Path folder) {
        Optional<Value> currency = reconcile.find("home_currency");
        Optional<Value> file = reconcile.find("rates_file");
        if (currency.isEmpty()) {
            file.ifPresent(value -> {
                throw value.bad("rates lead to a home currency: say which, such as home_currency: EUR");
            });
            return Optional.empty();
        }
        if (!currency.get().text().matches("[A-Z]{3}")) {
            throw currency.get().bad("expected a currency's code, such as EUR");
        }
        return Optional.of(new HomeSection(
                currency.get().text(),
                file.map(value -> Configuration.path(value, folder)).orElseGet(() -> folder.resolve("rates.csv"))));
    }

    /// The rates as their file says now.
    public ExchangeRates rates() {
        return ExchangeRateFile.read(file, currency);
    }
}
