package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.leases.PacedLimit;
import dev.tactus.limits.leases.RecentTimestamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random limits, demands and outcomes against an oracle that keeps every call in a list and recomputes all from it.
final class PacingPropertyTest {
    private static final int MILLI = 1_000_000;

    private static final class Lived {
        private final long sent;
        private long freeAfter = Long.MAX_VALUE;

        Lived(long sent) {
            this.sent = sent;
        }
    }

    @Test
    void noWindowHoldsMoreThanTheLimitAndNoSlotLiesIdleBeyondTheGap() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Limit limit = new Limit(1 + random.nextInt(30), Duration.ofMillis(200 + random.nextInt(5000)));
            run(limit, random, "seed " + seed + ", " + limit);
        }
    }

    private static void run(Limit limit, Random random, String what) {
        PacerCore core = new PacerCore(KnownLimitTest.settings(new ScopedLimit("token", limit)), 0);
        PathClass kind = core.classOf("/a");
        long window = limit.window().toNanos();
        boolean blended = limit.permits() >= PacedLimit.BLENDED;
        int even = blended ? limit.permits() - 1 : limit.permits();
        double gap = even <= 1 ? 0 : window / even;
        double credit = gap * Math.max(1, limit.permits() / 10);
        List<Lived> calls = new ArrayList<>();
        List<PacerCore.Call> open = new ArrayList<>();
        List<Lived> openLived = new ArrayList<>();
        double due = Double.NEGATIVE_INFINITY;
        long now = 0;
        for (int step = 0; step < 1000; step++) {
            now += (long) random.nextInt(60) * MILLI;
            if (!open.isEmpty() && random.nextInt(3) > 0) {
                int which = random.nextInt(open.size());
                Lived lived = openLived.remove(which);
                PacerCore.Call call = open.remove(which);
                switch (random.nextInt(12)) {
                    case 0 -> {
                        core.end(call, new Permit.Outcome.Unused(), now);
                        calls.remove(lived);
                    }
                    case 1 -> {
                        core.end(call, new Permit.Outcome.Lost(), now);
                        lived.freeAfter = now + Duration.ofSeconds(2).toNanos();
                    }
                    default -> {
                        core.end(call, new Permit.Outcome.Answered(Feedback.accepted()), now);
                        lived.freeAfter = now;
                    }
                }
            }
            boolean went = core.decide(kind, now) instanceof PacerCore.Decision.Go;
            boolean must = hasRoom(calls, now, limit, blended, -1e-6) && now >= due - credit + 2;
            boolean may = hasRoom(calls, now, limit, blended, 1e-6) && now >= due - credit - 2;
            assertThat(went).as(what + " at " + now).isIn(may, must);
            if (went) {
                Lived lived = new Lived(now);
                calls.add(lived);
                openLived.add(lived);
                open.add(core.send(kind, now));
                due = due == Double.NEGATIVE_INFINITY ? now + credit : Math.max(due, (double) now) + gap;
            }
        }
        for (Lived call : calls) {
            long inside = calls.stream()
                    .filter(other -> other.sent <= call.sent && other.sent > call.sent - window)
                    .count();
            assertThat(inside).as(what).isLessThanOrEqualTo(limit.permits());
        }
    }

    /// Whether no log can count more than the limit, and no sliding counter more wherever its windows start, but for a
    /// quarter of the calls under way beyond four.
    ///
    /// @param tolerance of sums of fractions, in calls
    private static boolean hasRoom(List<Lived> calls, long now, Limit limit, boolean blended, double tolerance) {
        long window = limit.window().toNanos();
        long flying = calls.stream()
                .filter(call -> call.freeAfter == Long.MAX_VALUE || call.freeAfter > now)
                .count();
        double spared = 0.25 * Math.max(0, flying - 4);
        List<Long> starts = new ArrayList<>(List.of(now));
        if (blended) {
            for (Lived call : calls) {
                starts.add(call.freeAfter);
                starts.add(call.freeAfter + window - 1);
            }
        }
        for (long start : starts) {
            if (start > now - window && start <= now) {
                double counted = 1;
                for (Lived call : calls) {
                    if (call.freeAfter == Long.MAX_VALUE || call.freeAfter >= start) {
                        counted++;
                    } else if (call.freeAfter > start - window) {
                        counted += 1 - (now - start) / (double) window;
                    }
                }
                if (counted > limit.permits() + (start < now ? spared + tolerance : 0)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void saysTheVeryMomentAtWhichItWillLetGo() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            PacerCore core = new PacerCore(
                    KnownLimitTest.settings(
                            new ScopedLimit("token", new Limit(2 + random.nextInt(20), Duration.ofSeconds(5))),
                            new ScopedLimit("/a", new Limit(1 + random.nextInt(10), Duration.ofSeconds(2)))),
                    0);
            PathClass kind = core.classOf("/a");
            long now = 0;
            for (int step = 0; step < 300; step++) {
                switch (core.decide(kind, now)) {
                    case PacerCore.Decision.Go() -> {
                        PacerCore.Call call = core.send(kind, now);
                        now += random.nextInt(100) * (long) MILLI;
                        core.end(call, new Permit.Outcome.Answered(Feedback.accepted()), now);
                    }
                    case PacerCore.Decision.NotBefore(long at) -> {
                        assertThat(at).isGreaterThan(now);
                        assertThat(core.decide(kind, at - 1)).isInstanceOf(PacerCore.Decision.NotBefore.class);
                        assertThat(core.decide(kind, at)).isInstanceOf(PacerCore.Decision.Go.class);
                        now = at;
                    }
                    case PacerCore.Decision.Resting resting -> throw new AssertionError(resting);
                }
            }
        }
    }

    @Test
    void stampsAgreeWithAPlainList() {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            int capacity = 1 + random.nextInt(100);
            RecentTimestamps stamps = new RecentTimestamps(capacity);
            List<Long> list = new ArrayList<>();
            long now = -500;
            for (int step = 0; step < 300; step++) {
                now += random.nextInt(3);
                stamps.add(now);
                list.add(now);
                if (list.size() > capacity) {
                    list.removeFirst();
                }
                long cut = now - random.nextInt(200);
                if (random.nextInt(5) == 0) {
                    stamps.dropUntil(cut);
                    list.removeIf(at -> at <= cut);
                }
                assertThat(stamps.toArray())
                        .containsExactly(list.stream().mapToLong(at -> at).toArray());
                assertThat(stamps.countAfter(cut))
                        .isEqualTo((int) list.stream().filter(at -> at > cut).count());
                if (!list.isEmpty()) {
                    int rank = 1 + random.nextInt(list.size());
                    assertThat(stamps.newest(rank)).isEqualTo(list.get(list.size() - rank));
                }
            }
        }
    }
}
