package dev.tactus.limits;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything one key has used: a meter for each limit of its plan, decided on together.
///
/// The lock guards all but `flood`, the answer of the last refusal: until the first of its moments has come, and as
/// long as nothing has been charged, the same request gets the same answer, so a flood of refusals reads one field and
/// allocates nothing. Time never goes back: a moment before the latest is taken for the latest, so a clock that is set
/// back frees nothing early, and stands still for this key until it has caught up. Thread-safe.
final class KeyMeters extends SpinLock {

    /// The answer to a charge, good until then.
    private record Flood(Charge charge, long untilNanos, Verdict.Refused answer) {}

    private volatile @Nullable Flood flood;
    private QuotaPlan plan;
    private Meter[] meters;
    private long latest;
    private boolean forgotten;

    KeyMeters(QuotaPlan plan, long now) {
        this.plan = plan;
        meters = metersOf(plan, now);
        latest = now;
    }

    private static Meter[] metersOf(QuotaPlan plan, long now) {
        Meter[] meters = new Meter[plan.limits().size()];
        for (int at = 0; at < meters.length; at++) {
            meters[at] = Meter.of(plan.limits().get(at).kind(), now);
        }
        return meters;
    }

    /// Decides on a request; null once this key has been forgotten and has to be looked up again.
    @Nullable
    Verdict decide(Charge charge, long now) {
        Flood last = flood;
        if (last != null && last.charge.equals(charge) && now < last.untilNanos) {
            return last.answer;
        }
        lock();
        try {
            return forgotten ? null : decideNow(charge, advance(now));
        } finally {
            unlock();
        }
    }

    private long advance(long now) {
        latest = Math.max(latest, now);
        Flood last = flood;
        if (last != null && latest >= last.untilNanos) {
            flood = null;
        }
        return latest;
    }

    private Verdict decideNow(Charge charge, long now) {
        adopt(charge.plan(), now);
        Meter[] all = meters;
        for (int at = 0; at < all.length; at++) {
            int cost = charge.costAt(at);
            if (cost > 0 && !all[at].fits(now, cost)) {
                return judge(charge, now);
            }
        }
        for (int at = 0; at < all.length; at++) {
            int cost = charge.costAt(at);
            if (cost > 0) {
                all[at].charge(now, cost);
            }
        }
        calm();
        return Verdict.Admitted.CLEAR;
    }

    private void calm() {
        if (flood != null) {
            flood = null;
        }
    }

    /// Decides on a request for which some limit has no room.
    private Verdict judge(Charge charge, long now) {
        boolean refused = false;
        for (int at = 0; at < meters.length; at++) {
            refused |= !plan.limits().get(at).isShadow() && !fits(at, charge, now);
        }
        boolean changed = false;
        List<Verdict.Refusal> refusals = new ArrayList<>();
        List<Verdict.Refusal> shadow = new ArrayList<>();
        long first = Long.MAX_VALUE;
        long last = now;
        for (int at = 0; at < meters.length; at++) {
            NamedLimit limit = plan.limits().get(at);
            Meter meter = meters[at];
            int cost = charge.costAt(at);
            boolean fits = fits(at, charge, now);
            if (cost > 0 && (refused || !fits) && limit.countsRefused()) {
                meter.chargeRefused(now, cost);
                changed = true;
            } else if (cost > 0 && !refused && fits) {
                meter.charge(now, cost);
                changed = true;
            }
            long retryAt = cost == 0 ? now : meter.readyAt(now, cost);
            if (!limit.isShadow()) {
                last = Math.max(last, retryAt);
            }
            if (!fits) {
                first = Math.min(first, retryAt);
                (limit.isShadow() ? shadow : refusals).add(new Verdict.Refusal(limit, retryAt));
            }
        }
        if (changed) {
            calm();
        }
        if (!refused) {
            return new Verdict.Admitted(shadow);
        }
        Verdict.Refused answer = new Verdict.Refused(last, refusals, shadow);
        if (!changed) {
            flood = new Flood(charge, first, answer);
        }
        return answer;
    }

    private boolean fits(int at, Charge charge, long now) {
        int cost = charge.costAt(at);
        return cost == 0 || meters[at].fits(now, cost);
    }

    /// Goes over to another plan; limits keep by name what was used of them.
    @SuppressWarnings("ReferenceEquality") // the usual case, at the price of a comparison
    private void adopt(QuotaPlan other, long now) {
        if (other == plan) {
            return;
        }
        if (!other.equals(plan)) {
            Meter[] taken = new Meter[other.limits().size()];
            for (int at = 0; at < taken.length; at++) {
                taken[at] = takenOver(other.limits().get(at), now);
            }
            meters = taken;
            calm();
        }
        plan = other;
    }

    private Meter takenOver(NamedLimit limit, long now) {
        Meter fresh = Meter.of(limit.kind(), now);
        for (int at = 0; at < meters.length; at++) {
            NamedLimit before = plan.limits().get(at);
            if (before.name().equals(limit.name())) {
                if (before.kind().equals(limit.kind())) {
                    return meters[at];
                }
                fresh.takeOver(meters[at], now);
            }
        }
        return fresh;
    }

    /// How this key stands; null once it has been forgotten.
    @Nullable
    List<Standing> standing(QuotaPlan asked, long now) {
        lock();
        try {
            if (forgotten) {
                return null;
            }
            long moment = advance(now);
            adopt(asked, moment);
            List<Standing> standings = new ArrayList<>(meters.length);
            for (int at = 0; at < meters.length; at++) {
                Meter meter = meters[at];
                NamedLimit limit = plan.limits().get(at);
                standings.add(new Standing(
                        limit,
                        limit.kind().permits(),
                        meter.remaining(moment),
                        meter.nextAt(moment),
                        meter.freshAt(moment)));
            }
            return standings;
        } finally {
            unlock();
        }
    }

    /// Whether this key is as good as new and is now forgotten; else it gives back what memory it can. A key that is
    /// being decided on, or has seen a later moment, is not.
    boolean forget(long now) {
        if (!tryLock()) {
            return false;
        }
        try {
            // Asked at the latest moment it knows: a key that stays has not been moved on.
            boolean fresh = now >= latest;
            for (Meter meter : meters) {
                meter.trim(latest);
                fresh &= meter.freshAt(latest) <= now;
            }
            forgotten |= fresh;
            return forgotten;
        } finally {
            unlock();
        }
    }
}
