package dev.tactus.ledger.catalog;

import static dev.tactus.ledger.Samples.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.StoreTest;
import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopeState;
import dev.tactus.limits.ScopeState.LearnedCeiling;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitStatesTest extends StoreTest {
    // the text form of the limits room is exact to the millisecond
    private final Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    private final ScopeState search = new ScopeState(
            "/v1/search",
            now,
            List.of(now.minusSeconds(40), now.minusMillis(1)),
            Optional.of(new LearnedCeiling(Limit.parse("100/60s"), now.minusSeconds(90), Duration.ofMinutes(10))),
            Optional.of(now.plusSeconds(30)));
    private final ScopeState token = new ScopeState("token", now, List.of(), Optional.empty(), Optional.empty());

    @Test
    void givesBackWhatWasSavedForASource() {
        ledger.limitStates().save(SOURCE, List.of(token, search));
        ledger.limitStates().save("deezer", List.of(token));

        assertThat(ledger.limitStates().load(SOURCE)).containsExactly(search, token);
        assertThat(ledger.limitStates().load("deezer")).containsExactly(token);
        assertThat(ledger.limitStates().load("tidal")).isEmpty();
    }

    @Test
    void forgetsScopesThatAreNotSavedAgain() {
        ledger.limitStates().save(SOURCE, List.of(token, search));
        ledger.limitStates().save(SOURCE, List.of(token));
        assertThat(ledger.limitStates().load(SOURCE)).containsExactly(token);
    }
}
