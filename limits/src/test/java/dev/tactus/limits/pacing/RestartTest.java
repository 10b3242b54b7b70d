package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.QuotaKind;
import dev.tactus.limits.ScopeReport;
import dev.tactus.limits.ScopeState;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RestartTest {
    private static final Permit.Outcome ACCEPTED = new Permit.Outcome.Answered(Feedback.accepted());
    private static final PacerSettings SETTINGS =
            KnownLimitTest.settings(new ScopedLimit("token", Limit.parse("20/60s")));

    @Test
    void killedAtAnyMomentTheNextProcessStaysWithinTheLimit() {
        staysWithinTheLimit(SETTINGS);
    }

    /// What a log allows may go in one burst, right after it was saved.
    @Test
    void soItDoesWhereItMayBurst() {
        staysWithinTheLimit(
                KnownLimitTest.settings(new ScopedLimit("token", Limit.parse("20/60s"), new QuotaKind.Sliding(false))));
    }

    @Test
    void andWhereBesideThatFewMayBeUnderWay() {
        staysWithinTheLimit(
                KnownLimitTest.settings(new ScopedLimit("token", Limit.parse("20/60s"), new QuotaKind.Sliding(false)))
                        .withInFlight(List.of(new InFlightLimit("token", 2))));
    }

    private static void staysWithinTheLimit(PacerSettings settings) {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            ManualTime time = new ManualTime();
            List<Long> sent = new ArrayList<>();
            List<ScopeState> saved = List.of();
            for (int process = 0; process < 6; process++) {
                PacerCore core = new PacerCore(settings, time.nanos());
                restore(core, time, saved);
                long saveAt = time.nanos();
                PathClass kind = core.classOf("/a");
                for (int step = random.nextInt(4000); step > 0; step--) {
                    time.advance(Duration.ofMillis(20));
                    if (time.nanos() >= saveAt) {
                        saved = save(core, time);
                        saveAt = time.nanos() + Duration.ofSeconds(5).toNanos();
                    }
                    if (core.decide(kind, time.nanos()) instanceof PacerCore.Decision.Go) {
                        sent.add(time.nanos());
                        PacerCore.Call call = core.send(kind, time.nanos());
                        core.end(call, ACCEPTED, time.nanos());
                    }
                }
                time.advance(Duration.ofMillis(random.nextInt(20_000)));
            }
            long window = Duration.ofMinutes(1).toNanos();
            for (long at : sent) {
                assertThat(sent.stream().filter(other -> other <= at && other > at - window))
                        .as("seed " + seed)
                        .hasSizeLessThanOrEqualTo(20);
            }
        }
    }

    /// A day's quota is not spent by starting anew.
    @Test
    void whoeverEndedInOrderHasWhatWasLeft() {
        ManualTime time = new ManualTime();
        PacerSettings day =
                KnownLimitTest.settings(new ScopedLimit("token", Limit.parse("100/1d"), new QuotaKind.Sliding(false)));
        List<ScopeState> saved = List.of();
        int sent = 0;
        for (int process = 0; process < 10; process++) {
            PacerCore core = new PacerCore(day, time.nanos());
            restore(core, time, saved);
            PathClass kind = core.classOf("/a");
            for (int call = 0; call < 10; call++) {
                assertThat(core.decide(kind, time.nanos()))
                        .as("call " + sent)
                        .isInstanceOf(PacerCore.Decision.Go.class);
                core.end(core.send(kind, time.nanos()), ACCEPTED, time.nanos());
                sent++;
            }
            saved = save(core, time, true);
            time.advance(Duration.ofSeconds(30));
        }
        PacerCore core = new PacerCore(day, time.nanos());
        restore(core, time, saved);
        assertThat(core.decide(core.classOf("/a"), time.nanos())).isNotInstanceOf(PacerCore.Decision.Go.class);
    }

    private static List<ScopeState> save(PacerCore core, ManualTime time) {
        return save(core, time, false);
    }

    private static List<ScopeState> save(PacerCore core, ManualTime time, boolean last) {
        ScopeStateConverter memory = new ScopeStateConverter(time.nanos(), time.instant());
        return core.scopes().stream()
                .map(scope -> memory.of(scope, last))
                .map(ScopeState::encode)
                .map(ScopeState::parse)
                .toList();
    }

    private static void restore(PacerCore core, ManualTime time, List<ScopeState> saved) {
        ScopeStateConverter memory = new ScopeStateConverter(time.nanos(), time.instant());
        saved.forEach(state -> memory.into(core.scopes().getFirst(), state));
    }

    @Test
    void aRestartCostsNoThroughput() {
        ManualTime time = new ManualTime();
        List<ScopeState> saved = List.of();
        int sent = 0;
        for (int process = 0; process < 20; process++) {
            PacerCore core = new PacerCore(
                    KnownLimitTest.settings(new ScopedLimit("token", Limit.parse("150/60s"))), time.nanos());
            restore(core, time, saved);
            PathClass kind = core.classOf("/a");
            for (int step = 0; step < 3500; step++) {
                if (step % 500 == 0) {
                    saved = save(core, time);
                }
                time.advance(Duration.ofMillis(10));
                if (core.decide(kind, time.nanos()) instanceof PacerCore.Decision.Go) {
                    core.end(core.send(kind, time.nanos()), ACCEPTED, time.nanos());
                    sent++;
                }
            }
        }
        assertThat(sent / (time.elapsedMillis() / 60_000.0)).isGreaterThan(143);
    }

    @Test
    void learnedCeilingAndPauseComeBack() {
        ManualTime time = new ManualTime();
        PacerSettings unknown =
                new PacerSettings(List.of(), List.of("/v1/search"), Duration.ofMinutes(1), Duration.ZERO);
        Instant until = time.instant().plusSeconds(3600);
        ScopeState state = new ScopeState(
                "/v1/search",
                time.instant(),
                List.of(time.instant().minusSeconds(5), time.instant().plusSeconds(99)),
                Optional.of(new ScopeState.LearnedCeiling(
                        Limit.parse("150/60s"), time.instant().minusSeconds(86_400), Duration.ofMinutes(8))),
                Optional.of(until));
        try (Pacer pacer = new Pacer(unknown, time, time, time)) {
            ScopeState gone = new ScopeState("/gone", time.instant(), List.of(), Optional.empty(), Optional.empty());
            pacer.restore(List.of(ScopeState.parse(state.encode()), gone));
            ScopeReport report = pacer.report().getLast();
            assertThat(report.ceiling()).contains(Limit.parse("150/60s"));
            assertThat(report.learned()).isTrue();
            assertThat(report.used()).isEqualTo(2);
            assertThat(report.pausedUntil()).contains(until);
            ScopeState.LearnedCeiling kept = pacer.save().getLast().learned().orElseThrow();
            assertThat(kept.probeEvery()).isEqualTo(Duration.ofMinutes(8));
            assertThat(kept.learnedAt()).isEqualTo(time.instant().minusSeconds(86_400));
        }
    }

    @Test
    void whatWasLearnedLongAgoIsTriedSoon() {
        ManualTime time = new ManualTime();
        ScopeState state = new ScopeState(
                "token",
                time.instant(),
                List.of(),
                Optional.of(new ScopeState.LearnedCeiling(
                        Limit.parse("150/60s"), time.instant().minusSeconds(2 * 86_400), Duration.ofHours(1))),
                Optional.empty());
        try (Pacer pacer = new Pacer(KnownLimitTest.settings(), time, time, time)) {
            pacer.restore(List.of(state));
            assertThat(pacer.save().getFirst().learned().orElseThrow().probeEvery())
                    .isLessThan(Duration.ofMinutes(10));
        }
    }

    @Test
    void roundingFreesNoSlotAndEndsNoPauseEarly() {
        Instant saved = Instant.parse("2026-11-22T12:00:01.234567891Z");
        Instant answered = saved.minusNanos(1_000_001);
        Instant until = saved.plusNanos(700_000);
        ScopeState read = ScopeState.parse(
                new ScopeState("token", saved, List.of(answered), Optional.empty(), Optional.of(until)).encode());
        assertThat(read.stamps().getFirst()).isBetween(answered, answered.plusMillis(1));
        assertThat(read.pausedUntil().orElseThrow()).isBetween(until, until.plusMillis(1));
        // Calls after this moment are assumed to have been made.
        assertThat(read.savedAt()).isBetween(saved.minusMillis(1), saved);
    }

    @Test
    void aSavedStateSurvivesBeingText() {
        Instant at = Instant.parse("2026-11-22T12:00:00.123Z");
        ScopeState full = new ScopeState(
                "/v1/with space",
                at,
                List.of(at.minusMillis(500), at.minusMillis(2), at),
                Optional.of(new ScopeState.LearnedCeiling(Limit.parse("7/500ms"), at, Duration.ofSeconds(9))),
                Optional.of(at.plusSeconds(60)));
        ScopeState empty = new ScopeState("token", at, List.of(), Optional.empty(), Optional.empty());
        assertThat(ScopeState.parse(full.encode())).isEqualTo(full);
        assertThat(ScopeState.parse(empty.encode())).isEqualTo(empty);
        for (String bad : new String[] {"", "1 2 3", "2 0 - - - token", "1 x - - - token", "1 0 1/2 - - token"}) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> ScopeState.parse(bad));
        }
    }
}
