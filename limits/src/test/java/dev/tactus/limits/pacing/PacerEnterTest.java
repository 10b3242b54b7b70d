package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The entry for event loops: lines, turns, deadlines and leaving.
@Timeout(60)
final class PacerEnterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final ManualTime time = new ManualTime();
    private final List<String> told = new ArrayList<>();

    private Pacer pacer(String... scopesAndLimits) {
        List<ScopedLimit> known = new ArrayList<>();
        for (int at = 0; at < scopesAndLimits.length; at += 2) {
            known.add(new ScopedLimit(scopesAndLimits[at], Limit.parse(scopesAndLimits[at + 1])));
        }
        return new Pacer(new PacerSettings(known, List.of(), MINUTE, Duration.ofSeconds(2)), time, time, time);
    }

    /// Enters and answers at once whatever is granted.
    private Ticket enter(Pacer pacer, String caller, String what, Duration patience) {
        return pacer.enter(CallRequest.to("/a").by(caller).within(patience), reply -> {
            switch (reply) {
                case Admission.Granted(Permit permit) -> {
                    told.add(what);
                    permit.answered(Feedback.accepted());
                }
                case Admission.Paused paused -> told.add(what + " paused until " + paused.until());
                case PacerReply.Late(Duration waited) -> told.add(what + " late after " + waited.toMillis());
                case PacerReply.Closed _ -> told.add(what + " closed");
            }
        });
    }

    private Ticket enter(Pacer pacer, String caller, String what) {
        return enter(pacer, caller, what, Duration.ofDays(1));
    }

    @Test
    void callersAreServedByTurnsAndEachInItsOrder() {
        try (Pacer pacer = pacer("token", "1/1s")) {
            for (int call = 0; call < 4; call++) {
                enter(pacer, "flood", "flood " + call);
            }
            enter(pacer, "quiet", "quiet 0");
            enter(pacer, "other", "other 0");
            enter(pacer, "quiet", "quiet 1");
            assertThat(pacer.waiting()).isEqualTo(6);
            time.advance(MINUTE);
            assertThat(told)
                    .containsExactly("flood 0", "flood 1", "quiet 0", "other 0", "flood 2", "quiet 1", "flood 3");
            assertThat(pacer.waiting()).isZero();
        }
    }

    @Test
    void whoRunsOutOfPatienceIsToldSoAndHoldsNothing() {
        try (Pacer pacer = pacer("token", "1/10s")) {
            enter(pacer, "a", "first");
            enter(pacer, "a", "hasty", Duration.ofMillis(9_999));
            enter(pacer, "a", "exact", Duration.ofSeconds(10));
            enter(pacer, "a", "never", Duration.ofSeconds(-1));
            assertThat(told).containsExactly("first", "never late after 0");
            time.advance(Duration.ofSeconds(10));
            assertThat(told).containsExactly("first", "never late after 0", "hasty late after 9999", "exact");
            assertThat(pacer.report().getFirst().granted()).isEqualTo(2);
        }
    }

    @Test
    void whoWaitsForNothingStillGoesWhereNothingHasToBeWaitedFor() throws Exception {
        long[] nanos = new long[1];
        PacerSettings settings = new PacerSettings(
                List.of(new ScopedLimit("token", Limit.parse("5/1s"))), List.of(), MINUTE, Duration.ofSeconds(2));
        try (Pacer pacer = new Pacer(settings, () -> nanos[0]++, time, time)) {
            assertThat(pacer.acquire(CallRequest.to("/a").within(Duration.ZERO)))
                    .isInstanceOf(Admission.Granted.class);
        }
    }

    @Test
    void aTicketIsGivenUpWithoutATrace() {
        try (Pacer pacer = pacer("token", "1/10s")) {
            Ticket first = enter(pacer, "a", "first");
            Ticket second = enter(pacer, "a", "second");
            enter(pacer, "a", "third");
            assertThat(pacer.waiting("/a")).isEqualTo(2);
            assertThat(first.leave()).isFalse();
            assertThat(second.leave()).isTrue();
            assertThat(second.leave()).isFalse();
            assertThat(pacer.waiting("/a")).isEqualTo(1);
            time.advance(Duration.ofSeconds(10));
            assertThat(told).containsExactly("first", "third");
            assertThat(pacer.report().getFirst().granted()).isEqualTo(2);
        }
    }

    @Test
    void aReceiverThatThrowsCostsItsSlotAndNobodyElses() {
        List<Throwable> uncaught = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        try (Pacer pacer = pacer("token", "1/10s")) {
            pacer.enter(CallRequest.to("/a").by("a"), reply -> {
                throw new IllegalStateException("receiver");
            });
            enter(pacer, "a", "second");
            assertThat(uncaught).hasSize(1);
            time.advance(Duration.ofMillis(11_999));
            assertThat(told).isEmpty();
            time.advance(Duration.ofMillis(1));
            assertThat(told).containsExactly("second");
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(null);
        }
    }

    @Test
    void aChangedLimitHoldsForThousandsWhoWait() {
        Random random = new Random(3);
        List<Long> sent = new ArrayList<>();
        try (Pacer pacer = pacer("token", "500/10s")) {
            for (int call = 0; call < 2_000; call++) {
                pacer.enter(CallRequest.to("/a").by("caller " + random.nextInt(9)), reply -> {
                    sent.add(time.elapsedMillis());
                    ((Admission.Granted) reply).permit().answered(Feedback.accepted());
                });
            }
            time.advance(Duration.ofSeconds(20));
            int before = sent.size();
            assertThat(before).isGreaterThan(900);
            pacer.change(List.of(new ScopedLimit("token", Limit.parse("50/10s"))));
            time.advance(Duration.ofSeconds(60));
            List<Long> after = sent.subList(before, sent.size());
            assertThat(after).hasSizeBetween(200, 300);
            long last = sent.get(before - 1);
            // The 500 of the old window count against the 50 of the new one.
            assertThat(after.getFirst()).isGreaterThan(last + 9_000);
            assertThat(worstWindow(after, 10_000)).isLessThanOrEqualTo(50);
            pacer.change(List.of(new ScopedLimit("token", Limit.parse("1000/10s"))));
            time.advance(Duration.ofSeconds(60));
            assertThat(pacer.waiting()).isZero();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pacer.change(List.of(new ScopedLimit("/b", Limit.parse("1/1s")))))
                    .withMessageContaining("/b");
        }
    }

    static int worstWindow(List<Long> millis, long window) {
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
    void aClosedPacerTellsWhoWaitsAndWhoComes() {
        Pacer pacer = pacer("token", "1/10s");
        enter(pacer, "a", "first");
        enter(pacer, "a", "second");
        pacer.close();
        enter(pacer, "a", "third");
        assertThat(told).containsExactly("first", "second closed", "third closed");
    }

    @Test
    void aThreadWaitsOnlyAsLongAsItSays() throws InterruptedException {
        try (Pacer pacer = pacer("token", "1/10s")) {
            assertThat(pacer.acquire(CallRequest.to("/a").within(Duration.ZERO)))
                    .isInstanceOf(Admission.Granted.class);
            assertThat(pacer.acquire(CallRequest.to("/a").within(Duration.ZERO)))
                    .isEqualTo(new PacerReply.Late(Duration.ZERO));
        }
    }

    @Test
    void threadsInterruptedAtAnyMomentKeepNoPermit() throws InterruptedException {
        int threads = 200;
        ConcurrentLinkedQueue<Thread> callers = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(threads);
        try (Pacer pacer = pacer("token", "1000/1s")) {
            for (int number = 0; number < threads; number++) {
                callers.add(Thread.startVirtualThread(() -> {
                    try {
                        if (pacer.acquire("/a") instanceof Admission.Granted(Permit permit)) {
                            permit.unused();
                        }
                    } catch (InterruptedException left) {
                        Thread.currentThread().interrupt();
                    } finally {
                        done.countDown();
                    }
                }));
            }
            int every = 0;
            for (Thread caller : callers) {
                if (every++ % 2 == 0) {
                    caller.interrupt();
                    time.advance(Duration.ofMillis(1));
                }
            }
            while (done.getCount() > 0) {
                time.advance(Duration.ofMillis(1));
                Thread.onSpinWait();
            }
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(pacer.report().getFirst().used()).isZero();
            assertThat(pacer.waiting()).isZero();
        }
    }

    @Test
    void aThousandTicketsKeepTheLimitAndEveryCallersOrder() {
        List<Long> sent = new ArrayList<>();
        List<List<Integer>> orders = new ArrayList<>();
        try (Pacer pacer = pacer("token", "200/60s")) {
            for (int caller = 0; caller < 10; caller++) {
                orders.add(new ArrayList<>());
            }
            for (int call = 0; call < 1_000; call++) {
                int number = call;
                pacer.enter(CallRequest.to("/a").by("caller " + call % 10), reply -> {
                    orders.get(number % 10).add(number);
                    sent.add(time.elapsedMillis());
                    ((Admission.Granted) reply).permit().answered(Feedback.accepted());
                });
            }
            time.advance(Duration.ofMinutes(6));
            assertThat(sent).hasSize(1_000);
            assertThat(worstWindow(sent, 60_000)).isLessThanOrEqualTo(200);
            assertThat(orders).allSatisfy(order -> assertThat(order).isSorted().hasSize(100));
        }
    }
}
