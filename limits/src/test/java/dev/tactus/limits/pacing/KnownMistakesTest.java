package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.headers.FeedbackParser;
import dev.tactus.limits.learning.Ceiling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What other limiters are known to get wrong, each as a test that this one does not.
final class KnownMistakesTest {

    @Test
    void everyMatchingLimitHoldsNotOnlyTheFirst() {
        Limit endpoint = Limit.parse("50/60s");
        Limit global = Limit.parse("100/60s");
        Simulation run = new Simulation(
                        KnownLimitTest.settings(
                                new ScopedLimit("/v1/search", endpoint), new ScopedLimit("token", global)),
                        16,
                        1)
                .demand("/v1/search")
                .demand("/v1/streams")
                .run(Duration.ofMinutes(20));
        assertThat(run.worstWindow("token", global.window())).isLessThanOrEqualTo(100);
        assertThat(run.worstWindow("/v1/search", endpoint.window())).isLessThanOrEqualTo(50);
    }

    @Test
    void afterARefusalHardlyAnybodyGoesAtOnce() {
        Simulation run = new Simulation(KnownLimitTest.settings(), 100, 1)
                .server("token", ServerKind.LOG.server(Limit.parse("100/60s")))
                .refusal(at -> Feedback.throttled(Optional.of(Duration.ofSeconds(30))))
                .demand("/a")
                .run(Duration.ofSeconds(30));
        assertThat(run.sent).isLessThanOrEqualTo(103);
    }

    @Test
    void aResetInSecondsIsNoEpochAndNoWindowIsTenDays() {
        Feedback read = new FeedbackParser()
                .parse(
                        429,
                        name -> name.equals("RateLimit-Reset") ? "30" : null,
                        Instant.parse("2026-11-22T12:00:00Z"));
        assertThat(read.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(new Ceiling(List.of(), Optional.empty(), KnownLimitTest.settings(), 0).window())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void idlingSavesUpNoBurstBeyondTheLimit() {
        Limit limit = Limit.parse("180/60s");
        PacerCore core = new PacerCore(KnownLimitTest.settings(new ScopedLimit("token", limit)), 0);
        PathClass kind = core.classOf("/a");
        long now = Duration.ofHours(1).toNanos();
        long end = now + limit.window().toNanos();
        int sent = 0;
        while (now < end) {
            if (core.decide(kind, now) instanceof PacerCore.Decision.Go) {
                core.end(core.send(kind, now), new Permit.Outcome.Answered(Feedback.accepted()), now);
                sent++;
            }
            now += 10_000_000;
        }
        assertThat(sent).isBetween(176, 180);
    }

    @Test
    void aRetryAfterOfZeroDoesNotBurnAttempts() {
        Simulation run = new Simulation(KnownLimitTest.settings(), 16, 1)
                .server("token", at -> false)
                .refusal(at -> Feedback.throttled(Optional.of(Duration.ZERO)))
                .demand("/a")
                .run(Duration.ofMinutes(10));
        assertThat(run.sent).isLessThanOrEqualTo(20);
    }

    @Test
    void aServerThatNamesTooShortAWaitIsNotAskedForEver() {
        Simulation run = new Simulation(
                        KnownLimitTest.settings(new ScopedLimit("token", Limit.parse("150/60s"))), 16, 1)
                .server("token", at -> false)
                .refusal(at -> Feedback.throttled(Optional.of(Duration.ofSeconds(1))))
                .demand("/a")
                .run(Duration.ofMinutes(10));
        assertThat(run.sent).isLessThanOrEqualTo(25);
    }

    @Test
    void aLimitOfOnePermitLimits() {
        Limit limit = Limit.parse("1/60s");
        Simulation run = new Simulation(KnownLimitTest.settings(new ScopedLimit("token", limit)), 4, 1)
                .demand("/a")
                .run(Duration.ofMinutes(30));
        assertThat(run.worstWindow("token", limit.window())).isEqualTo(1);
        assertThat(run.sent).isBetween(29, 30);
    }

    @Test
    void whoStopsWaitingKeepsNoPermit() {
        ManualTime time = new ManualTime();
        try (Pacer pacer =
                new Pacer(KnownLimitTest.settings(new ScopedLimit("token", Limit.parse("1/10s"))), time, time, time)) {
            int[] served = {0};
            for (int caller = 0; caller < 100; caller++) {
                Ticket ticket = pacer.enter(CallRequest.to("/a").by("caller"), reply -> {
                    if (reply instanceof Admission.Granted(Permit permit)) {
                        served[0]++;
                        permit.answered(Feedback.accepted());
                    }
                });
                boolean stayed = caller % 10 == 0;
                assertThat(stayed || ticket.leave()).isTrue();
            }
            time.advance(Duration.ofSeconds(90));
            assertThat(served[0]).isEqualTo(10);
            assertThat(pacer.waiting()).isZero();
        }
    }

    @Test
    void aPenaltyOfADayIsNeitherCutShortNorSleptThrough() {
        ManualTime time = new ManualTime();
        try (Pacer pacer =
                new Pacer(KnownLimitTest.settings(new ScopedLimit("token", Limit.parse("1/10s"))), time, time, time)) {
            pacer.enter(CallRequest.to("/a").by("caller"), reply -> {
                if (reply instanceof Admission.Granted(Permit permit)) {
                    permit.answered(Feedback.throttled(Optional.of(Duration.ofSeconds(19_056))));
                }
            });
            List<PacerReply> told = new ArrayList<>();
            pacer.enter(CallRequest.to("/a").by("caller"), told::add);
            assertThat(told)
                    .singleElement()
                    .isEqualTo(new Admission.Paused(
                            "token", ManualTime.START.plusSeconds(19_056), "rate-limited for 19056 s"));
        }
    }
}
