package dev.tactus.limits.learning;

import dev.tactus.limits.Limit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A ceiling that is kept.
///
/// @param best the most that was ever held and used for long; 0 if none was yet
/// @param refused the least that was refused since this was found; [Integer#MAX_VALUE] if nothing was
/// @param unprovoked moments of refusals that no probe had provoked, the latest few; one that no limit explained
/// stands there twice
record SettledCeiling(Limit held, int best, int refused, ProbeSchedule probes, List<Long> unprovoked)
        implements SearchStage {

    public SettledCeiling {
        unprovoked = List.copyOf(unprovoked);
    }

    /// A ceiling just found.
    static SettledCeiling found(Limit limit, long now) {
        ProbeSchedule probes = ProbeSchedule.first(limit.window().toNanos(), now);
        return new SettledCeiling(limit, 0, Integer.MAX_VALUE, probes, List.of());
    }

    /// The same as an earlier process left it.
    static SettledCeiling restored(Limit limit, ProbeSchedule probes) {
        return new SettledCeiling(limit, limit.permits(), Integer.MAX_VALUE, probes, List.of());
    }

    @Override
    public Optional<Limit> limit() {
        return Optional.of(held);
    }

    @Override
    public boolean hasProvenWindow() {
        return best > 0;
    }

    /// Whether more was once allowed, so that it is likely to be allowed again.
    boolean isBelowBest() {
        return held.permits() < Tunables.BELOW_BEST * best;
    }

    /// Whether just this was once held and used for long.
    boolean isProven() {
        return !isBelowBest() && held.permits() <= best;
    }

    /// Whether so little lies between this and what was refused that it isn't worth a refusal.
    boolean isNarrowedDown() {
        return isNear(held.permits(), refused);
    }

    /// Whether so little lies between what is kept and what was refused that it isn't worth a refusal.
    static boolean isNear(int kept, int refused) {
        return refused - kept <= Math.max(Tunables.NEAR_PERMITS, (1 - Tunables.BELOW_BEST) * refused);
    }

    /// A higher ceiling is probed, by as much as a server that has not moved is sure to refuse, since less may pass
    /// for minutes and be taken for proven; or towards what was allowed once.
    ///
    /// @param crowded whether many calls are under way: with the first of them others are refused too, as many as
    /// the step is large
    ProbedCeiling probed(int most, boolean crowded, long now) {
        int sure = Math.max(1, held.permits() / (crowded ? Tunables.CROWDED_PROBE_DIVISOR : Tunables.PROBE_DIVISOR));
        int halfway = refused == Integer.MAX_VALUE ? 0 : (refused - held.permits()) / 2;
        int back = (best - held.permits()) / Tunables.RECOVERY_DIVISOR;
        return probed(Math.max(sure, Math.max(halfway, back)), most, now);
    }

    /// What lies close below something refused is left alone and the probe goes beyond, unless half-way is a gain that
    /// is worth a refusal.
    ProbedCeiling probed(int step, int most, long now) {
        int halfway = (refused - held.permits()) / 2;
        long higher = (long) held.permits() + step;
        if (!isNarrowedDown()) {
            higher = refused == Integer.MAX_VALUE ? higher : Math.min(higher, held.permits() + Math.max(1, halfway));
        } else if (!isBelowBest() && halfway >= Math.max(2, Tunables.WORTHWHILE * held.permits())) {
            higher = (long) held.permits() + halfway;
        } else {
            higher = Math.max(higher, isNear(held.permits(), refused + 1) ? refused + 1L : refused);
        }
        SettledCeiling fallback = new SettledCeiling(held, Math.max(best, held.permits()), refused, probes, unprovoked);
        return new ProbedCeiling(held.withPermits((int) Math.min(most, higher)), fallback, step, now);
    }

    /// The limit has moved to somewhere above what is kept: it is looked for at once.
    ///
    /// @param count more than that was refused
    ProbedCeiling probedTo(int count, long now) {
        int higher = Math.max(held.permits() + 1, count);
        return new ProbedCeiling(held.withPermits(higher), this, higher - held.permits(), now);
    }

    /// Less is held from now on, because this was refused once; if it is little less, there is no hurry to try again;
    /// if it is much less, another program may have caused it, which a probe shows.
    SettledCeiling backedOffTo(int permits, long now) {
        return backedOff(permits, 1, now);
    }

    /// The same where a refusal doesn't say what is allowed.
    SettledCeiling backedOff(boolean explained, long now) {
        int less = held.permits() - (int) Math.ceil(Tunables.BACK_OFF * held.permits());
        return backedOff(less, explained ? 1 : Tunables.UNEXPLAINED_WEIGHT, now);
    }

    private SettledCeiling backedOff(int permits, int weight, long now) {
        int less = Math.clamp(permits, 1, Math.max(1, held.permits() - 1));
        ProbeSchedule next = isNear(less, held.permits())
                ? probes.again(now)
                : ProbeSchedule.soon(held.window().toNanos(), now);
        return new SettledCeiling(held.withPermits(less), best, held.permits(), next, refusedAt(now, weight));
    }

    /// A refusal that nothing explains: the limit has moved, and this is the count it left.
    SettledCeiling movedTo(int count, long now) {
        int less = Math.clamp(Math.max(count, held.permits() / 2), 1, Math.max(1, held.permits() - 1));
        return new SettledCeiling(
                held.withPermits(less),
                Math.max(best, held.permits()),
                Integer.MAX_VALUE,
                ProbeSchedule.first(held.window().toNanos(), now),
                refusedAt(now, Tunables.UNEXPLAINED_WEIGHT));
    }

    /// The next probe comes at that time.
    SettledCeiling with(ProbeSchedule next) {
        return new SettledCeiling(held, best, refused, next, unprovoked);
    }

    private List<Long> refusedAt(long now, int weight) {
        List<Long> latest = new ArrayList<>(unprovoked);
        latest.addAll(Collections.nCopies(weight, now));
        return latest.subList(Math.max(0, latest.size() - Tunables.CONTENDED_AFTER), latest.size());
    }

    /// Whether unprovoked refusals are too many for a limit that moves now and then: somebody else uses it too.
    ///
    /// @param atOnce whether one that nothing explains is enough
    boolean isContended(boolean atOnce, long now) {
        long remembered = Math.max(
                Tunables.REMEMBERED_NANOS,
                Tunables.REMEMBERED_WINDOWS * held.window().toNanos());
        int few = atOnce ? Tunables.UNEXPLAINED_WEIGHT : Tunables.CONTENDED_AFTER;
        return unprovoked.size() >= few && unprovoked.get(unprovoked.size() - few) > now - remembered;
    }
}
