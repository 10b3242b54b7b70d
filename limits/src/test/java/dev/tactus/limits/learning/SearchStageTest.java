package dev.tactus.limits.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The steps of the search for a ceiling, one by one.
final class SearchStageTest {
    private static final Limit LIMIT = Limit.parse("1000/60s");
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private static SearchStage.Settled found() {
        return SearchStage.Settled.found(LIMIT, 0);
    }

    @Test
    void aSurpriseThatNothingExplainsIsEnoughWhereStrangersAreLikely() {
        SearchStage.Settled once = found().easedALittle(false, MINUTE);
        assertThat(once.shared(true, MINUTE)).isTrue();
        assertThat(once.shared(false, MINUTE)).isFalse();
    }

    @Test
    void fiveExplainedSurprisesWithinAnHourMeanAStranger() {
        SearchStage.Settled next = found();
        for (int surprise = 1; surprise <= 5; surprise++) {
            assertThat(next.shared(false, surprise * MINUTE)).isFalse();
            next = next.easedALittle(true, surprise * MINUTE);
        }
        assertThat(next.shared(false, 5 * MINUTE)).isTrue();
        assertThat(next.shared(false, 62 * MINUTE)).isFalse();
    }

    @Test
    void unexplainedSurprisesCountTwice() {
        SearchStage.Settled twice = found().easedALittle(false, MINUTE).easedALittle(false, 2 * MINUTE);
        assertThat(twice.shared(false, 2 * MINUTE)).isFalse();
        assertThat(twice.easedALittle(true, 3 * MINUTE).shared(false, 3 * MINUTE))
                .isTrue();
    }

    @Test
    void theStepIsHalfAsLargeWhereManyCallsAreUnderWay() {
        assertThat(found().raised(Integer.MAX_VALUE, false, MINUTE).tried().permits())
                .isEqualTo(1100);
        assertThat(found().raised(Integer.MAX_VALUE, true, MINUTE).tried().permits())
                .isEqualTo(1050);
    }

    @Test
    void onlyWhatWasHeldForLongIsProven() {
        assertThat(found().isProven()).isFalse();
        SearchStage.Settled proven =
                found().raised(Integer.MAX_VALUE, false, MINUTE).failed(0, 2 * MINUTE);
        assertThat(proven.held()).isEqualTo(LIMIT);
        assertThat(proven.isProven()).isTrue();
        assertThat(proven.puzzled(500, 3 * MINUTE).isProven()).isFalse();
    }
}
