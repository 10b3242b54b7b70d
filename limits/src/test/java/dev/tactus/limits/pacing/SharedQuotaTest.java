package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Processes on one token that know nothing of one another.
final class SharedQuotaTest {
    private static final Limit LIMIT = Limit.parse("150/60s");

    @ParameterizedTest
    @CsvSource({"2,LOG,0.98,0.01", "2,BLENDED_COUNTER,0.98,0.02", "8,LOG,0.85,0.03", "8,FIXED_WINDOW,0.7,0.03"})
    void whoKnowsTheLimitAndIsRefusedTakesWhatOthersLeave(int processes, ServerKind kind, double fair, double atFirst) {
        PacerSettings known = KnownLimitTest.settings(new ScopedLimit("token", LIMIT));
        Fleet fleet = new Fleet(kind.server(LIMIT), known, processes, Duration.ZERO, 7);
        int refused = settled(fleet, atFirst);
        assertThat(Fleet.jain(fleet.accepted)).isGreaterThan(fair);
        assertThat(refused / (3 * 9000.0)).isLessThan(0.01);
    }

    @ParameterizedTest
    @CsvSource({"2,LOG", "8,LOG", "8,FIXED_WINDOW"})
    void whoDoesNotKnowItFindsItsPart(int processes, ServerKind kind) {
        Fleet fleet = new Fleet(kind.server(LIMIT), KnownLimitTest.settings(), processes, Duration.ZERO, 7);
        int refused = settled(fleet, 0.02);
        assertThat(Fleet.jain(fleet.accepted)).isGreaterThan(0.85);
        assertThat(refused / (3 * 9000.0)).isLessThan(0.015);
    }

    /// How many calls were refused in three hours after the first.
    private static int settled(Fleet fleet, double atFirst) {
        fleet.run(Duration.ofHours(1));
        assertThat(fleet.refused / (double) fleet.sent).isLessThan(atFirst);
        int before = fleet.refused;
        fleet.run(Duration.ofHours(3));
        assertThat(fleet.total() / (4 * 9000.0)).isGreaterThan(0.96);
        return fleet.refused - before;
    }
}
