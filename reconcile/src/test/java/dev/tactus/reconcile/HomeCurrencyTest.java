package dev.tactus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HomeCurrencyTest {
    private static final Period OCTOBER = Period.parse("2026-10");

    private static ExchangeRate rate(String currency, String rate, String of) {
        return new ExchangeRate(currency, new BigDecimal(rate), Period.orDay(of), "ECB");
    }

    private static ExchangeRates table(ExchangeRate... rates) {
        return new ExchangeRates("EUR", List.of(rates), "ab");
    }

    private static Money money(String currency, String amount) {
        return new Money(currency, new BigDecimal(amount));
    }

    @Test
    void theRateOfThePeriodItselfComesFirstThenTheLastWithinIt() {
        ExchangeRates both = table(
                rate("USD", "0.91", "2026-10"),
                rate("USD", "0.92", "2026-10-31"),
                rate("GBP", "1.1", "2026-10-02"),
                rate("GBP", "1.2", "2026-10-30"),
                rate("GBP", "1.3", "2026-10-29"));

        assertThat(both.of(OCTOBER).rates().get("USD")).isEqualTo(rate("USD", "0.91", "2026-10"));
        assertThat(both.of(OCTOBER).rates().get("GBP")).isEqualTo(rate("GBP", "1.2", "2026-10-30"));
        assertThat(both.of(Period.parse("2026-Q4")).rates().get("USD")).isEqualTo(rate("USD", "0.92", "2026-10-31"));
    }

    @Test
    void aRateOfAnotherMonthNeverStandsIn() {
        HomeCurrency home = table(rate("USD", "0.91", "2026-09"), rate("USD", "0.93", "2026-11-01"))
                .of(OCTOBER);

        assertThat(home.rates()).isEmpty();
        assertThat(home.worth(List.of(money("USD", "1")))).isEmpty();
        assertThat(home.missing(List.of(money("USD", "1"), money("EUR", "2")))).containsExactly("USD");
    }

    @Test
    void moneyTimesARateIsExactToTheLastDigit() {
        HomeCurrency home = table(rate("USD", "0.921503276541", "2026-10")).of(OCTOBER);

        assertThat(home.worth(List.of(money("USD", "0.000000000000000001"), money("EUR", "-3"))))
                .hasValueSatisfying(sum -> assertThat(sum).isEqualByComparingTo("-2.999999999999999999078496723459"));
        assertThat(home.worth(List.of())).isEmpty();
    }

    @Test
    void theWholeIsNotToldWhereAPartOfItHasNoRate() {
        HomeCurrency home = table(rate("USD", "0.9", "2026-10")).of(OCTOBER);

        assertThat(home.worth(List.of(money("USD", "1"), money("JPY", "100")))).isEmpty();
    }

    @Test
    void aManifestHoldsItWhole() {
        ReconciliationRules rules = ReconciliationRules.defaults()
                .withHome(Optional.of(table(rate("USD", "0.9", "2026-10"), rate("GBP", "1.15", "2026-10-30"))
                        .of(OCTOBER)));

        Map<String, String> written = rules.written();

        assertThat(written)
                .containsEntry("home_currency", "EUR")
                .containsEntry("exchange_rate.GBP", "1.15 2026-10-30 ECB");
        assertThat(ReconciliationRules.ofWritten(written).written()).isEqualTo(written);
        assertThat(ReconciliationRules.ofWritten(written).home().orElseThrow().rates())
                .isEqualTo(rules.home().orElseThrow().rates());
    }

    @Test
    void whatIsNoRateIsRefused() {
        assertThatThrownBy(() -> rate("USD", "0", "2026-10")).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> rate("USD", "0.1234567890123", "2026-10")).hasMessageContaining("12 after it");
        assertThatThrownBy(() -> table(rate("EUR", "1", "2026-10"))).hasMessageContaining("home currency");
        assertThatThrownBy(() -> table(rate("USD", "1", "2026-10"), rate("USD", "2", "2026-10")))
                .hasMessageContaining("USD has two rates for 2026-10");
    }
}
