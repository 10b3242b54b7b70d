package dev.tactus.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViolationSettingsTest {
    private static ViolationSettings regular(String text) {
        return ViolationSettings.of(text, Duration.ofDays(14), ViolationSettings.RESTRICT_TO, Duration.ofDays(30));
    }

    @Test
    void readsItsSentence() {
        ViolationSettings settings = regular(" 12.5% refused on 3 of 7 days ");
        assertThat(settings.refusedShare()).isEqualByComparingTo("0.125");
        assertThat(settings.days()).isEqualTo(3);
        assertThat(settings.ofDays()).isEqualTo(7);
        assertThat(regular("100% refused on 366 of 366 days").days()).isEqualTo(366);
        assertThat(regular("0.0001% refused on 1 of 1 days").ofDays()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "often",
                "0% refused on 3 of 7 days",
                "100.1% refused on 3 of 7 days",
                "20% refused on 0 of 7 days",
                "20% refused on 8 of 7 days",
                "20% refused on 3 of 367 days",
            })
    void takesNoOther(String sentence) {
        assertThatThrownBy(() -> regular(sentence)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRestrictedApplicationKeepsSomethingAndNotMoreThanAll() {
        assertThatThrownBy(() -> keeping("0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keeping("1.01")).isInstanceOf(IllegalArgumentException.class);
        assertThat(keeping("1").restrictTo()).isEqualByComparingTo("1");
    }

    private static ViolationSettings keeping(String share) {
        return new ViolationSettings(
                BigDecimal.ONE, 1, 1, Duration.ofDays(1), new BigDecimal(share), Duration.ofDays(1));
    }
}
