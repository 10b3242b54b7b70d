package dev.tactus.simulator.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.simulator.behaviour.Latency.Trip;
import dev.tactus.simulator.catalog.SplitMix;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyPropertyTest {
    private final Latency latency =
            new Latency(Duration.ofMillis(40), Duration.ofMillis(60), 0.05, Duration.ofSeconds(1));

    @Test
    void staysWithinItsBoundsAndSplitsTheTripAtRandom() {
        int beyondJitter = 0;
        int slowThere = 0;
        for (long request = 0; request < 10_000; request++) {
            Trip trip = latency.draw(SplitMix.of(1, request));
            Duration both = trip.there().plus(trip.back());
            assertThat(trip.there()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(trip.back()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(both.toMillis()).isBetween(39L, 1_100L);
            beyondJitter += both.toMillis() > 100 ? 1 : 0;
            slowThere += trip.there().compareTo(trip.back()) > 0 ? 1 : 0;
        }
        assertThat(beyondJitter).isBetween(300, 520);
        assertThat(slowThere).isBetween(4_500, 5_500);
    }

    @Test
    void isDrawnTheSameForTheSameRequest() {
        assertThat(latency.draw(7)).isEqualTo(latency.draw(7)).isNotEqualTo(latency.draw(8));
    }

    @Test
    void isNothingWhereNoneIsWanted() {
        assertThat(Latency.NONE.draw(7)).isEqualTo(new Trip(Duration.ZERO, Duration.ZERO));
    }
}
