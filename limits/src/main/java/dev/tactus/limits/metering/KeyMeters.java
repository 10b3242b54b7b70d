package dev.tactus.limits.metering;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Everything one key has used: a meter for each limit of its plan, decided on together.
///
/// The lock guards all but `flood`, the answer of the last refusal: until the first of its moments has come, and as
/// long as nothing has been charged, the same request gets the same answer, so a flood of refusals reads one field and
/// allocates nothing. Time never goes back: a moment before the latest is taken for the latest, so a clock that is set
/// back frees nothing early, and stands still for this key until it has caught up. Thread-safe.
final class KeyMeters extends SpinLock {

    /// The plan of a key that is in nobody's use any more.
    private static final QuotaPlan FORGOTTEN = QuotaPlan.of();

    /// What was used of a limit that is in the plan no more, kept until it would be free: the plan may have it again.
    private record RetiredMeter(String limit, QuotaMeter meter) {}

    /// The answer to a charge, good until then.
    private record Flood(Charge charge, long untilNanos, QuotaDecision.Refused answer) {}

    private volatile @Nullable Flood flood;
    private QuotaPlan plan;
    private @Nullable QuotaMeter first;
    private @Nullable List<RetiredMeter> retired;
    private long latest;

    KeyMeters(QuotaPlan plan, long now) {
        this.plan = plan;
        first = metersOf(plan, now);
        latest = now;
    }

    private static @Nullable QuotaMeter metersOf(QuotaPlan plan, long now) {
        QuotaMeter first = null;
        for (NamedLimit limit : plan.limits().reversed()) {
            QuotaMeter meter = QuotaMeter.of(limit.kind(), now);
            meter.next = first;
            first = meter;
        }
        return first;
    }

    /// Decides on a request; null once this key has been forgotten and has to be looked up again.
    @Nullable
    QuotaDecision decide(Charge charge, long now) {
        Flood last = flood;
        if (last != null && last.charge.equals(charge) && now < last.untilNanos) {
            return last.answer;
        }
        lock();
        try {
            return isForgottenNow() ? null : decideNow(charge, advance(now));
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

    private QuotaDecision decideNow(Charge charge, long now) {
        adopt(charge.plan(), now);
        if (!fits(charge, now)) {
            return judge(charge, now);
        }
        charge(charge, now);
        return QuotaDecision.Admitted.CLEAR;
    }

    private boolean fits(Charge charge, long now) {
        int place = 0;
        for (QuotaMeter meter = first; meter != null; meter = meter.next) {
            int cost = charge.costAt(place++);
            if (cost > 0 && !meter.fits(now, cost)) {
                return false;
            }
        }
        return true;
    }

    private void charge(Charge charge, long now) {
        int place = 0;
        for (QuotaMeter meter = first; meter != null; meter = meter.next) {
            int cost = charge.costAt(place++);
            if (cost > 0) {
                meter.charge(now, cost);
            }
        }
        calm();
    }

    /// Decides on a request of a member by its own limits and its group's, all or none; null once either has been
    /// forgotten. Whoever calls it names member and group in this order, so that nobody waits for the other's lock.
    static @Nullable QuotaDecision decide(KeyMeters member, Charge own, KeyMeters group, Charge common, long now) {
        member.lock();
        try {
            group.lock();
            try {
                if (member.isForgottenNow() || group.isForgottenNow()) {
                    return null;
                }
                long moment = Math.max(member.advance(now), group.advance(now));
                member.latest = moment;
                group.latest = moment;
                member.adopt(own.plan(), moment);
                group.adopt(common.plan(), moment);
                if (member.fits(own, moment) && group.fits(common, moment)) {
                    member.charge(own, moment);
                    group.charge(common, moment);
                    return QuotaDecision.Admitted.CLEAR;
                }
                boolean refused = member.isRefused(own, moment) || group.isRefused(common, moment);
                Judgement judgement = new Judgement(moment);
                member.judge(own, moment, refused, judgement);
                group.judge(common, moment, refused, judgement);
                return judgement.decision(refused);
            } finally {
                group.unlock();
            }
        } finally {
            member.unlock();
        }
    }

    /// Takes what a request turned out to cost beyond its charge; false once this key has been forgotten.
    boolean owe(QuotaPlan of, String limit, int cost, long now) {
        lock();
        try {
            if (isForgottenNow()) {
                return false;
            }
            long moment = advance(now);
            adopt(of, moment);
            int place = of.indexOf(limit);
            QuotaMeter meter = first;
            for (int at = 0; at < place && meter != null; at++) {
                meter = meter.next;
            }
            Objects.requireNonNull(meter).owe(moment, cost);
            calm();
            return true;
        } finally {
            unlock();
        }
    }

    private void calm() {
        if (flood != null) {
            flood = null;
        }
    }

    /// What is found while a request is judged for which some limit has no room.
    private static final class Judgement {
        private final List<QuotaDecision.Refusal> refusals = new ArrayList<>();
        private final List<QuotaDecision.Refusal> shadow = new ArrayList<>();
        private long firstRoom = Long.MAX_VALUE;
        private long allRoom;

        Judgement(long now) {
            allRoom = now;
        }

        QuotaDecision decision(boolean refused) {
            return refused ? new QuotaDecision.Refused(allRoom, refusals, shadow) : new QuotaDecision.Admitted(shadow);
        }
    }

    /// Decides on a request for which some limit has no room.
    private QuotaDecision judge(Charge charge, long now) {
        boolean refused = isRefused(charge, now);
        Judgement judgement = new Judgement(now);
        boolean changed = judge(charge, now, refused, judgement);
        QuotaDecision decision = judgement.decision(refused);
        if (!changed && decision instanceof QuotaDecision.Refused answer) {
            flood = new Flood(charge, judgement.firstRoom, answer);
        }
        return decision;
    }

    /// Charges what is to be charged of it all the same.
    ///
    /// @return whether anything was
    private boolean judge(Charge charge, long now, boolean refused, Judgement judgement) {
        boolean changed = false;
        int place = 0;
        for (QuotaMeter meter = first; meter != null; meter = meter.next) {
            NamedLimit limit = plan.limits().get(place);
            int cost = charge.costAt(place++);
            if (cost == 0) {
                continue;
            }
            boolean fits = meter.fits(now, cost);
            if ((refused || !fits) && limit.countsRefused()) {
                meter.chargeRefused(now, cost);
                changed = true;
            } else if (!refused && fits) {
                meter.charge(now, cost);
                changed = true;
            }
            long retryAt = meter.readyAt(now, cost);
            if (!limit.isShadow()) {
                judgement.allRoom = Math.max(judgement.allRoom, retryAt);
            }
            if (!fits) {
                judgement.firstRoom = Math.min(judgement.firstRoom, retryAt);
                (limit.isShadow() ? judgement.shadow : judgement.refusals)
                        .add(new QuotaDecision.Refusal(limit, retryAt));
            }
        }
        if (changed) {
            calm();
        }
        return changed;
    }

    private boolean isRefused(Charge charge, long now) {
        boolean refused = false;
        int place = 0;
        for (QuotaMeter meter = first; meter != null; meter = meter.next) {
            int cost = charge.costAt(place);
            refused |= cost > 0 && !plan.limits().get(place).isShadow() && !meter.fits(now, cost);
            place++;
        }
        return refused;
    }

    /// Goes over to another plan; limits keep by name what was used of them.
    @SuppressWarnings("ReferenceEquality") // the usual case, at the price of a comparison
    private void adopt(QuotaPlan other, long now) {
        if (other == plan) {
            return;
        }
        if (!other.equals(plan)) {
            QuotaMeter meters = takenOver(other, now);
            retire(other, now);
            first = meters;
            calm();
        }
        plan = other;
    }

    /// Keeps what counts of limits that the other plan doesn't have.
    private void retire(QuotaPlan other, long now) {
        List<RetiredMeter> kept = new ArrayList<>(0);
        if (retired != null) {
            kept.addAll(retired);
        }
        int place = 0;
        for (QuotaMeter meter = first; meter != null; meter = meter.next) {
            kept.add(new RetiredMeter(plan.limits().get(place++).name(), meter));
        }
        kept.removeIf(each -> each.meter().freshAt(now) <= now
                || other.limits().stream().anyMatch(limit -> limit.name().equals(each.limit())));
        kept.forEach(each -> each.meter().next = null);
        retired = kept.isEmpty() ? null : kept;
    }

    private @Nullable QuotaMeter takenOver(QuotaPlan other, long now) {
        QuotaMeter meters = metersOf(other, now);
        int place = 0;
        for (QuotaMeter meter = meters; meter != null; meter = meter.next) {
            takeOver(other.limits().get(place++), meter, now);
        }
        return meters;
    }

    private void takeOver(NamedLimit limit, QuotaMeter meter, long now) {
        int place = 0;
        for (QuotaMeter old = first; old != null; old = old.next) {
            if (plan.limits().get(place++).name().equals(limit.name())) {
                meter.takeOver(old, now);
            }
        }
        if (retired != null) {
            retired.stream()
                    .filter(old -> old.limit().equals(limit.name()))
                    .forEach(old -> meter.takeOver(old.meter(), now));
        }
    }

    /// How this key stands, or would if it came under that plan; null once it has been forgotten.
    @Nullable
    List<RemainingQuota> standing(QuotaPlan asked, long now) {
        lock();
        try {
            if (isForgottenNow()) {
                return null;
            }
            long moment = advance(now);
            List<RemainingQuota> standings = new ArrayList<>();
            int place = 0;
            QuotaMeter meters = asked.equals(plan) ? first : takenOver(asked, moment);
            for (QuotaMeter meter = meters; meter != null; meter = meter.next) {
                NamedLimit limit = asked.limits().get(place++);
                standings.add(new RemainingQuota(
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

    /// Whether it is in nobody's use any more.
    boolean isForgotten() {
        lock();
        try {
            return isForgottenNow();
        } finally {
            unlock();
        }
    }

    @SuppressWarnings("ReferenceEquality") // another plan without limits is another plan
    private boolean isForgottenNow() {
        return plan == FORGOTTEN;
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
            for (QuotaMeter meter = first; meter != null; meter = meter.next) {
                meter.trim(latest);
                fresh &= meter.freshAt(latest) <= now;
            }
            if (retired != null) {
                retired.removeIf(each -> each.meter().freshAt(latest) <= now);
                retired = retired.isEmpty() ? null : retired;
            }
            if (fresh && retired == null) {
                plan = FORGOTTEN;
                first = null;
            }
            return isForgottenNow();
        } finally {
            unlock();
        }
    }
}
