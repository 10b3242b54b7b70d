package dev.tactus.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/// A count names its territory and is never negative.
class CountsTest {
    @Test
    void acceptsZero() {
        assertThat(new StreamCount("DE", 0).streams()).isZero();
        assertThat(new ListenerCount("DE", 0).listeners()).isZero();
        assertThat(new Demographic("DE", "18-22", "female", 0).listeners()).isZero();
    }

    @Test
    void refusesANegativeCount() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamCount("DE", -1))
                .withMessage("the count of DE is negative: -1");
        assertThatIllegalArgumentException().isThrownBy(() -> new ListenerCount("DE", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Demographic("DE", "18-22", "female", -1));
    }

    @Test
    void refusesACountWithoutTerritoryAgeOrGender() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StreamCount(" ", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Demographic("DE", " ", "female", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Demographic("DE", "18-22", "", 1));
    }
}
