package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.QuotaKind;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Processes on one token that know nothing of one another.
final class SharedQuotaTest {
    private static final Limit LIMIT = Limit.parse("150/60s");

    @ParameterizedTest
    @CsvSource({
        "2,LOG,0.98,0.01",
        "2,BLENDED_COUNTER,0.98,0.01",
        "8,LOG,0.9,0.02",
        "8,LOG_COUNTING_REFUSALS,0.95,0.02",
        "8,FIXED_WINDOW,0.95,0.02"
    })
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

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"50,2,0.02,0.9,0.95", "50,8,0.15,0.94,0.9", "200,2,0.02,0.94,0.95", "200,8,0.06,0.94,0.95"})
    void whoKnowsHowItIsCountedTakesAPart(int permits, int processes, double atFirst, double used, double fair) {
        Limit limit = new Limit(permits, Duration.ofMinutes(1));
        PacerSettings told = KnownLimitTest.settings(new ScopedLimit("token", limit, new QuotaKind.Fixed()));
        Fleet fleet = new Fleet(ServerKind.FIXED_WINDOW.server(limit), told, processes, Duration.ZERO, 7);
        assertThat(settled(fleet, permits, atFirst, used, fair)).isLessThan(0.01);
    }

    /// A bucket of which each takes at its whole rate is refused seven times of eight.
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"5,100,2,0.01", "5,100,8,0.03", "2,40,2,0.01", "2,40,8,0.05"})
    void ofASharedBucketLessComesBackToEach(int perSecond, int size, int processes, double atFirst) {
        PacerSettings told = KnownLimitTest.settings(
                new ScopedLimit("token", new Limit(perSecond, Duration.ofSeconds(1)), new QuotaKind.Bucket(size)));
        Fleet fleet = new Fleet(WorldServer.bucket(perSecond, size, 1), told, processes, Duration.ZERO, 7);
        assertThat(settled(fleet, 60 * perSecond, atFirst, 0.94, 0.95)).isLessThan(0.011);
    }

    /// What share of the calls was refused in two hours after the first, in which they are fair.
    private static double settled(Fleet fleet, int perMinute, double atFirst, double used, double fair) {
        fleet.run(Duration.ofHours(1));
        assertThat(fleet.refused / (double) fleet.sent).isLessThan(atFirst);
        int[] accepted = fleet.accepted.clone();
        int refused = fleet.refused;
        int sent = fleet.sent;
        fleet.run(Duration.ofHours(2));
        int[] later = new int[accepted.length];
        Arrays.setAll(later, process -> fleet.accepted[process] - accepted[process]);
        assertThat(Arrays.stream(later).sum() / (120.0 * perMinute)).isGreaterThan(used);
        assertThat(Fleet.jain(later)).isGreaterThan(fair);
        return (fleet.refused - refused) / (double) (fleet.sent - sent);
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
