package dev.tactus.reconcile.files;

import dev.tactus.reconcile.ExchangeRate;
import dev.tactus.reconcile.HomeCurrency;
import dev.tactus.reconcile.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a page and a workbook say of money in the home currency, beside what statements say.
///
/// @param before with the rates of the period before: money of a month is never worth what another month's rate says
record HomeModel(Optional<HomeCurrency> home, Optional<HomeCurrency> before, List<Money> revenues) {
    HomeModel {
        revenues = List.copyOf(revenues);
    }

    /// What all is worth; empty where there is no home currency, no money, or a rate is missing.
    Optional<Money> total() {
        return home.flatMap(own -> own.worth(revenues).map(sum -> new Money(own.currency(), sum)));
    }

    /// What one amount is worth.
    Optional<Money> worth(String currency, Optional<BigDecimal> amount) {
        return home.flatMap(own -> amount.flatMap(sum -> own.worth(List.of(new Money(currency, sum))))
                .map(sum -> new Money(own.currency(), sum)));
    }

    /// What an amount of the period before was worth in it.
    Optional<Money> worthBefore(String currency, Optional<BigDecimal> amount) {
        return new HomeModel(before, Optional.empty(), List.of()).worth(currency, amount);
    }

    /// What is to be said of it in words; nothing where all is well.
    Optional<String> complaint() {
        return home.map(own -> own.missing(revenues))
                .filter(missing -> !missing.isEmpty())
                .map(this::sentence);
    }

    private String sentence(Set<String> missing) {
        return "There is no rate of this period for " + String.join(", ", missing)
                + ", so nothing is said of that money in "
                + home.map(HomeCurrency::currency).orElse("") + ".";
    }

    Map<String, Object> page() {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("has_home", home.isPresent() && !revenues.isEmpty());
        page.put("home", home.map(HomeCurrency::currency).orElse(""));
        page.put("home_total", total().map(FigureFormat::amount).orElse("–"));
        page.put("home_complaint", complaint().orElse(""));
        List<Map<String, String>> lines = new ArrayList<>();
        for (Money money : revenues) {
            Optional<ExchangeRate> rate = home.map(own -> own.rates().get(money.currency()));
            lines.add(Map.of(
                    "currency", money.currency(),
                    "amount", FigureFormat.amount(money),
                    "rate", rate.map(one -> one.rate().toPlainString()).orElse("–"),
                    "of", rate.map(ExchangeRate::dated).orElse(""),
                    "source", rate.map(ExchangeRate::source).orElse(""),
                    "worth",
                            worth(money.currency(), Optional.of(money.amount()))
                                    .map(FigureFormat::amount)
                                    .orElse("–")));
        }
        page.put("home_lines", lines);
        return page;
    }

    /// The same as lines of a workbook's sheet.
    List<List<Object>> lines() {
        List<List<Object>> lines = new ArrayList<>();
        home.filter(_ -> !revenues.isEmpty()).ifPresent(own -> {
            lines.add(List.of());
            lines.add(List.of("Currency", "Earned", "Rate", "Of", "Source", "In " + own.currency()));
            for (Money money : revenues) {
                Optional<ExchangeRate> rate = Optional.ofNullable(own.rates().get(money.currency()));
                lines.add(List.of(
                        money.currency(),
                        money.amount(),
                        rate.<Object>map(ExchangeRate::rate).orElse(""),
                        rate.map(ExchangeRate::dated).orElse(""),
                        rate.map(ExchangeRate::source).orElse(""),
                        worth(money.currency(), Optional.of(money.amount()))
                                .<Object>map(Money::amount)
                                .orElse("")));
            }
            lines.add(List.of(
                    "all", "", "", "", "", total().<Object>map(Money::amount).orElse("")));
            complaint().ifPresent(sentence -> lines.add(List.of(sentence)));
        });
        return lines;
    }
}
