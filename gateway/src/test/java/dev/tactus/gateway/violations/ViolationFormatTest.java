package dev.tactus.gateway.violations;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ViolationFormatTest {
    @Test
    void timesAreDaysWhereTheyAreWholeDays() {
        assertThat(ViolationFormat.time(Duration.ofDays(14))).isEqualTo("14 days");
        assertThat(ViolationFormat.time(Duration.ofDays(1))).isEqualTo("1 day");
        assertThat(ViolationFormat.time(Duration.ofHours(36))).isEqualTo("36 hours");
        assertThat(ViolationFormat.time(Duration.ofHours(1))).isEqualTo("1 hour");
    }

    @Test
    void sharesHaveNoZerosThatSayNothing() {
        assertThat(ViolationFormat.percent(new BigDecimal("0.20"))).isEqualTo("20%");
        assertThat(ViolationFormat.percent(new BigDecimal("0.125"))).isEqualTo("12.5%");
    }
}
