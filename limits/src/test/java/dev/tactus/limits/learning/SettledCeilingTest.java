package dev.tactus.limits.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A ceiling that is kept: what refusals make of it.
final class SettledCeilingTest {
    private static final Limit LIMIT = Limit.parse("1000/60s");
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private static SettledCeiling found() {
        return SettledCeiling.found(LIMIT, 0);
    }

    @Test
    void oneUnexplainedRefusalShowsContentionWhereThatIsLikely() {
        SettledCeiling once = found().backedOff(false, MINUTE);
        assertThat(once.isContended(true, MINUTE)).isTrue();
        assertThat(once.isContended(false, MINUTE)).isFalse();
    }

    @Test
    void fiveExplainedRefusalsWithinAnHourShowContention() {
        SettledCeiling next = found();
        for (int refusal = 1; refusal <= 5; refusal++) {
            assertThat(next.isContended(false, refusal * MINUTE)).isFalse();
            next = next.backedOff(true, refusal * MINUTE);
        }
        assertThat(next.isContended(false, 5 * MINUTE)).isTrue();
        assertThat(next.isContended(false, 62 * MINUTE)).isFalse();
    }

    @Test
    void unexplainedRefusalsCountTwice() {
        SettledCeiling twice = found().backedOff(false, MINUTE).backedOff(false, 2 * MINUTE);
        assertThat(twice.isContended(false, 2 * MINUTE)).isFalse();
        assertThat(twice.backedOff(true, 3 * MINUTE).isContended(false, 3 * MINUTE))
                .isTrue();
    }

    @Test
    void theProbeIsHalfAsLargeWhereManyCallsAreUnderWay() {
        assertThat(found().probed(Integer.MAX_VALUE, false, MINUTE).tried().permits())
                .isEqualTo(1100);
        assertThat(found().probed(Integer.MAX_VALUE, true, MINUTE).tried().permits())
                .isEqualTo(1050);
    }

    @Test
    void onlyWhatWasHeldForLongIsProven() {
        assertThat(found().isProven()).isFalse();
        SettledCeiling proven = found().probed(Integer.MAX_VALUE, false, MINUTE).failed(0, 2 * MINUTE);
        assertThat(proven.held()).isEqualTo(LIMIT);
        assertThat(proven.isProven()).isTrue();
        assertThat(proven.movedTo(500, 3 * MINUTE).isProven()).isFalse();
    }
}
