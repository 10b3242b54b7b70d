package dev.tactus.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallBudgetTest {
    private Instant now = Instant.parse("2026-11-22T23:00:00Z");
    private final InstantSource clock = () -> now;

    @Test
    void aBudgetOfADayBeginsWithWhatWasMadeAndIsWholeAgainAtMidnightInUtc() {
        CallBudget budget = CallBudget.unlimited().within(new DailyBudget(3, 1, clock));
        assertThat(budget.take()).isTrue();
        assertThat(budget.spent()).isFalse();
        assertThat(budget.take()).isTrue();
        assertThat(budget.spent()).isTrue();
        assertThat(budget.take()).isFalse();

        now = now.plus(Duration.ofHours(1));
        assertThat(budget.spent()).isFalse();
        assertThat(budget.take()).isTrue();
    }

    @Test
    void aClockSetBackGivesNothingAnew() {
        CallBudget budget = CallBudget.unlimited().within(new DailyBudget(1, 0, clock));
        assertThat(budget.take()).isTrue();
        now = now.minus(Duration.ofDays(1));
        assertThat(budget.take()).isFalse();
    }

    @Test
    void theBudgetOfOneRunIsSharedAndThatOfADayIsNot() {
        CallBudget shared = new CallBudget(3, Optional.empty(), clock);
        CallBudget one = shared.within(new DailyBudget(1, 0, clock));
        CallBudget other = shared.within(new DailyBudget(9, 0, clock));
        assertThat(one.take()).isTrue();
        assertThat(one.take()).isFalse();
        assertThat(other.take()).isTrue();
        assertThat(other.take()).isTrue();
        assertThat(other.take()).as("the fourth of three").isFalse();
    }

    @Test
    void aBudgetOfADayIsACallAtLeast() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DailyBudget(0, 0, clock));
    }
}
