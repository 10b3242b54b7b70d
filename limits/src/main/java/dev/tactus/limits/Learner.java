package dev.tactus.limits;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// A ceiling that moves: cut by refusals, raised by probing.
///
/// A window of saturated calls without a refusal proves a ceiling; then it is raised, by 1, 2, 4 … while that goes
/// well. A refusal of a raised ceiling takes the raise back and doubles the time to the next one. A single refusal
/// otherwise proves nothing; a second in a row does, and cuts to the calls that were accepted within the window, or by
/// a tenth where that is no cut. Three single ones within ten windows take off one permit. Never above `most`. Not
/// thread-safe.
final class Learner {
    private static final int PROBE_WINDOWS = 32;
    private static final long PROBE_AT_LEAST_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int SINGLE_WINDOWS = 10;
    private static final long SINGLE_AT_LEAST_NANOS = Duration.ofMinutes(2).toNanos();

    private final int most;
    private PacedLimit paced;
    private int good;
    private int episodeStart;
    private int step = 1;
    private long probeEvery;
    private long nextProbe;
    private long raisedAt = PacedLimit.NEVER;
    private long changedAt;
    private final Deque<Long> single = new ArrayDeque<>();

    Learner(Limit start, int most, long probeEveryNanos, long now) {
        this.most = most;
        paced = new PacedLimit(start);
        good = start.permits();
        episodeStart = good;
        probeEvery = probeEveryNanos;
        nextProbe = now + probeEveryNanos;
        changedAt = now;
    }

    PacedLimit paced() {
        return paced;
    }

    int permits() {
        return paced.limit().permits();
    }

    /// Whether this is below what was configured, or nothing was.
    boolean moved() {
        return permits() < most;
    }

    Duration probeEvery() {
        return Duration.ofNanos(probeEvery);
    }

    long changedAt() {
        return changedAt;
    }

    /// A call was accepted: perhaps the present ceiling is proven, perhaps it is time to try a higher one.
    void accepted(long now, Stamps accepted) {
        if (now < nextProbe || accepted.countAfter(now - paced.windowNanos()) < 0.8 * paced.slots()) {
            return;
        }
        if (raisedAt != PacedLimit.NEVER) {
            good = permits();
            step = Math.min(step * 2, Math.max(1, good / 2));
        }
        if (good < most) {
            raisedAt = now;
            set(Math.min(most, good + step), now);
        } else {
            raisedAt = PacedLimit.NEVER;
        }
        nextProbe = now + paced.windowNanos();
    }

    /// A call was refused, the `inARow`-th without an acceptance between.
    ///
    /// @param accepted calls accepted within the window before the refusal
    void refused(long sentAt, long now, int accepted, int inARow) {
        if (inARow == 1) {
            episodeStart = good;
        }
        if (raisedAt != PacedLimit.NEVER && sentAt >= raisedAt) {
            takeBack(now);
        } else if (inARow == 1) {
            countSingle(now);
        } else if (accepted * 8 >= episodeStart) {
            cut(now, accepted);
        }
        // Otherwise hardly anything had been sent: a penalty or a stranger, which says nothing about the ceiling.
    }

    private void takeBack(long now) {
        long slowest = Math.max(paced.windowNanos() * PROBE_WINDOWS, PROBE_AT_LEAST_NANOS);
        probeEvery = Math.min(probeEvery * 2, slowest);
        restart(good, now);
    }

    private void countSingle(long now) {
        single.addLast(now);
        long memory = Math.max(paced.windowNanos() * SINGLE_WINDOWS, SINGLE_AT_LEAST_NANOS);
        while (single.getFirst() < now - memory) {
            single.removeFirst();
        }
        if (single.size() >= 3) {
            single.clear();
            restart(Math.max(1, permits() - 1), now);
        }
    }

    private void cut(long now, int accepted) {
        int target = accepted < permits() ? accepted : (int) (permits() * 0.9);
        target = Math.max(Math.max(1, episodeStart / 4), target);
        if (target < episodeStart * 0.9) {
            probeEvery = paced.windowNanos();
        }
        restart(Math.min(target, permits()), now);
    }

    private void restart(int permits, long now) {
        good = permits;
        step = 1;
        raisedAt = PacedLimit.NEVER;
        nextProbe = now + probeEvery;
        set(permits, now);
    }

    private void set(int permits, long now) {
        if (permits != permits()) {
            paced = paced.withPermits(permits);
            changedAt = now;
        }
    }
}
