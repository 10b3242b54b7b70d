package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopeReport;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PacerTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final ManualTime time = new ManualTime();

    private Pacer pacer(List<String> paths, String... scopesAndLimits) {
        List<ScopedLimit> known = new ArrayList<>();
        for (int at = 0; at < scopesAndLimits.length; at += 2) {
            known.add(new ScopedLimit(scopesAndLimits[at], Limit.parse(scopesAndLimits[at + 1])));
        }
        return new Pacer(new PacerSettings(known, paths, MINUTE, Duration.ofSeconds(2)), time, time, time);
    }

    private static Permit granted(Admission admission) {
        return switch (admission) {
            case Admission.Granted(Permit permit) -> permit;
            case Admission.Paused paused -> throw new AssertionError(paused);
        };
    }

    /// Asks on a virtual thread and returns once the caller waits or is answered.
    private static CompletableFuture<Admission> ask(Pacer pacer, String path) {
        CompletableFuture<Admission> answer = new CompletableFuture<>();
        Thread caller = Thread.startVirtualThread(() -> {
            try {
                answer.complete(pacer.acquire(path));
            } catch (InterruptedException | IllegalStateException stopped) {
                answer.completeExceptionally(stopped);
            }
        });
        while (!answer.isDone() && caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return answer;
    }

    private static Permit answer(CompletableFuture<Admission> asked) throws InterruptedException, ExecutionException {
        return granted(asked.get());
    }

    @Test
    void servesVirtualThreadsInOrderAndKeepsTheLimit() throws InterruptedException {
        int callers = 100;
        try (Pacer pacer = pacer(List.of(), "token", "20/60s")) {
            ConcurrentLinkedQueue<Integer> order = new ConcurrentLinkedQueue<>();
            List<Long> sentAt = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch done = new CountDownLatch(callers);
            for (int number = 0; number < callers; number++) {
                int caller = number;
                Thread thread = Thread.ofVirtual().unstarted(() -> {
                    try {
                        Permit permit = granted(pacer.acquire("/v1/tracks"));
                        order.add(caller);
                        sentAt.add(time.elapsedMillis());
                        permit.answered(Feedback.accepted());
                        done.countDown();
                    } catch (InterruptedException impossible) {
                        throw new AssertionError(impossible);
                    }
                });
                thread.start();
                while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TERMINATED) {
                    Thread.onSpinWait();
                }
            }
            while (done.getCount() > 0) {
                // Shorter than a gap, so that at most one goes at a time and the order is seen.
                time.advance(Duration.ofSeconds(1));
                while (callers - done.getCount() < pacer.report().getFirst().granted()) {
                    Thread.onSpinWait();
                }
            }
            assertThat(order)
                    .containsExactlyElementsOf(
                            IntStream.range(0, callers).boxed().toList());
            assertThat(worstWindow(sentAt, 60_000)).isLessThanOrEqualTo(20);
        }
    }

    private static int worstWindow(List<Long> millis, long window) {
        int worst = 0;
        int from = 0;
        for (int to = 0; to < millis.size(); to++) {
            while (millis.get(from) <= millis.get(to) - window) {
                from++;
            }
            worst = Math.max(worst, to - from + 1);
        }
        return worst;
    }

    @Test
    void anInterruptedWaiterLeavesWithoutATrace() throws Exception {
        try (Pacer pacer = pacer(List.of(), "token", "1/60s")) {
            granted(pacer.acquire("/a")).answered(Feedback.accepted());
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread first = Thread.startVirtualThread(() -> {
                try {
                    pacer.acquire("/a");
                    interrupted.complete(false);
                } catch (InterruptedException expected) {
                    interrupted.complete(true);
                }
            });
            while (first.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            CompletableFuture<Admission> second = ask(pacer, "/a");
            first.interrupt();
            assertThat(interrupted.get()).isTrue();
            time.advance(MINUTE);
            answer(second).answered(Feedback.accepted());
            assertThat(pacer.report().getFirst().granted()).isEqualTo(2);
        }
    }

    @Test
    void pathClassesDoNotBlockOneAnother() throws Exception {
        try (Pacer pacer = pacer(List.of(), "token", "1000/1s", "/v1/search", "1/60s")) {
            granted(pacer.acquire("/v1/search?q=a")).answered(Feedback.accepted());
            CompletableFuture<Admission> search = ask(pacer, "/v1/search?q=b");
            for (int call = 0; call < 20; call++) {
                time.advance(Duration.ofMillis(10));
                granted(pacer.acquire("/v1/tracks")).answered(Feedback.accepted());
            }
            assertThat(search).isNotDone();
            time.advance(MINUTE);
            answer(search).unused();
        }
    }

    @Test
    void aPrefixEndsAtASlash() throws Exception {
        try (Pacer pacer = pacer(List.of(), "/v1/search", "1/60s")) {
            granted(pacer.acquire("/v1/search/x")).answered(Feedback.accepted());
            granted(pacer.acquire("/v1/searches")).answered(Feedback.accepted());
            assertThat(pacer.report()).extracting(ScopeReport::granted).containsExactly(2L, 1L);
        }
    }

    @Test
    void anUnusedPermitIsFreeAtOnceAndALostOneAMarginLater() throws Exception {
        try (Pacer pacer = pacer(List.of(), "token", "1/60s")) {
            granted(pacer.acquire("/a")).unused();
            granted(pacer.acquire("/a")).lost();
            CompletableFuture<Admission> next = ask(pacer, "/a");
            time.advance(Duration.ofSeconds(61));
            assertThat(next).isNotDone();
            time.advance(Duration.ofSeconds(1));
            answer(next).unused();
        }
    }

    @Test
    void aPermitIsToldOnceOnly() throws Exception {
        try (Pacer pacer = pacer(List.of(), "token", "3/60s")) {
            Permit permit = granted(pacer.acquire("/a"));
            permit.answered(Feedback.accepted());
            permit.answered(Feedback.refused());
            permit.unused();
            assertThat(pacer.report().getFirst().throttled()).isZero();
            assertThat(pacer.report().getFirst().used()).isEqualTo(1);
        }
    }

    @Test
    void oneRefusalStopsTheScopeAndOneCallTriesItAgain() throws Exception {
        try (Pacer pacer = pacer(List.of("/v1/search"), "token", "1000/1s")) {
            Permit refused = granted(pacer.acquire("/v1/search"));
            refused.answered(Feedback.throttled(Optional.of(Duration.ofSeconds(30))));
            time.advance(Duration.ofSeconds(1));
            List<CompletableFuture<Admission>> waiting = new ArrayList<>();
            for (int caller = 0; caller < 10; caller++) {
                waiting.add(ask(pacer, "/v1/search"));
            }
            granted(pacer.acquire("/v1/tracks")).answered(Feedback.accepted());
            time.advance(Duration.ofSeconds(28));
            assertThat(searches(pacer)).isEqualTo(1);
            time.advance(Duration.ofSeconds(10));
            assertThat(searches(pacer)).isEqualTo(2);
            answer(waiting.getFirst()).answered(Feedback.accepted());
            time.advance(Duration.ofSeconds(1));
            assertThat(searches(pacer)).isGreaterThan(2);
        }
    }

    private static long searches(Pacer pacer) {
        return pacer.report().getLast().granted();
    }

    @Test
    void aLongPenaltyTurnsWaitersAndNewcomersAwayAtOnce() throws Exception {
        try (Pacer pacer = pacer(List.of(), "token", "1/60s")) {
            Permit first = granted(pacer.acquire("/a"));
            CompletableFuture<Admission> waiter = ask(pacer, "/a");
            assertThat(waiter).isNotDone();
            first.answered(Feedback.throttled(Optional.of(Duration.ofDays(1))));
            Admission.Paused expected = new Admission.Paused(
                    "token", ManualTime.START.plus(Duration.ofDays(1)), "rate-limited for 86400 s");
            assertThat(waiter.get()).isEqualTo(expected);
            assertThat(pacer.acquire("/a")).isEqualTo(expected);
            time.advance(Duration.ofDays(1));
            granted(pacer.acquire("/a")).answered(Feedback.accepted());
        }
    }

    @Test
    void aClosedPacerLetsNobodyWait() throws Exception {
        Pacer pacer = pacer(List.of(), "token", "1/60s");
        granted(pacer.acquire("/a"));
        CompletableFuture<Admission> waiter = ask(pacer, "/a");
        pacer.close();
        assertThat(waiter.handle((answer, failure) -> failure).get()).isInstanceOf(IllegalStateException.class);
        assertThatIllegalStateException().isThrownBy(() -> pacer.acquire("/a")).withMessageContaining("closed");
    }

    @Test
    void pacesOnTheMachinesTime() throws InterruptedException {
        PacerSettings settings = new PacerSettings(
                List.of(new ScopedLimit("token", Limit.parse("1/10ms"))), List.of(), MINUTE, Duration.ZERO);
        try (Pacer pacer = new Pacer(settings, Ticker.system(), java.time.InstantSource.system())) {
            long start = System.nanoTime();
            for (int call = 0; call < 4; call++) {
                granted(pacer.acquire("/a")).answered(Feedback.accepted());
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        }
    }
}
