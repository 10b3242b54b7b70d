package dev.tactus.limits.learning;

import dev.tactus.limits.Limit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// How far the search for a ceiling has come. Transitions are pure; {@link CeilingSearch} drives them.
///
/// ```
/// Seeking ──explained──▶ Holding ──time for a try──▶ Trying ──held a window──▶ Trying, a larger step
///                         ▲  ▲  │   ──it has moved──▶  │
///                         │  │  └──too many surprises──────▶ Sharing
///                         │  └──────────refused────────┘        │
///                         └───────one limit explains all────────┘
/// ```
sealed interface SearchStage {

    /// The limit to keep; empty while nothing is known.
    Optional<Limit> limit();

    /// No call was refused yet, or nothing explains what was.
    record Unknown() implements SearchStage {
        @Override
        public Optional<Limit> limit() {
            return Optional.empty();
        }
    }

    /// A ceiling that is kept.
    ///
    /// @param best the most that was ever held and used for long; 0 if none was yet
    /// @param refused the least that was refused since this was found; {@link Integer#MAX_VALUE} if nothing was
    /// @param surprises moments of refusals that nothing had provoked, the latest few; one that no limit explained
    /// stands there twice
    record Settled(Limit held, int best, int refused, ProbeSchedule probes, List<Long> surprises)
            implements SearchStage {
        private static final double EASE = 0.015;
        private static final int SURE = 10;
        private static final int SURE_OF_MANY = 20;
        private static final int SURPRISES = 5;
        private static final int UNEXPLAINED = 2;
        private static final int REMEMBERED_WINDOWS = 60;
        private static final long REMEMBERED_NANOS = 600_000_000_000L;

        public Settled {
            surprises = List.copyOf(surprises);
        }

        /// A ceiling just found.
        static Settled found(Limit limit, long now) {
            ProbeSchedule probes = ProbeSchedule.first(limit.window().toNanos(), now);
            return new Settled(limit, 0, Integer.MAX_VALUE, probes, List.of());
        }

        @Override
        public Optional<Limit> limit() {
            return Optional.of(held);
        }

        /// Whether more was once allowed, so that it is likely to be allowed again.
        boolean missing() {
            return held.permits() < MISSED * best;
        }

        /// Whether just this was once held and used for long.
        boolean isProven() {
            return !missing() && held.permits() <= best;
        }

        /// Whether so little lies between this and what was refused that it isn't worth a refusal.
        boolean narrowedDown() {
            return near(held.permits(), refused);
        }

        /// A higher ceiling is tried, by as much as a server that has not moved is sure to refuse, since less may pass
        /// for minutes and be taken for proven; or towards what was allowed once.
        ///
        /// @param crowded whether many calls are under way: with the first of them others are refused too, as
        /// many as the step is large
        Probing raised(int most, boolean crowded, long now) {
            int sure = Math.max(1, held.permits() / (crowded ? SURE_OF_MANY : SURE));
            int halfway = refused == Integer.MAX_VALUE ? 0 : (refused - held.permits()) / 2;
            int step = Math.max(sure, Math.max(halfway, (best - held.permits()) / 8));
            return raised(step, most, now);
        }

        /// What lies close below something refused is left alone and the try goes beyond, unless half-way is a gain
        /// that is worth a refusal.
        Probing raised(int step, int most, long now) {
            int halfway = (refused - held.permits()) / 2;
            long higher = (long) held.permits() + step;
            if (!narrowedDown()) {
                higher =
                        refused == Integer.MAX_VALUE ? higher : Math.min(higher, held.permits() + Math.max(1, halfway));
            } else if (!missing() && halfway >= Math.max(2, WORTHWHILE * held.permits())) {
                higher = (long) held.permits() + halfway;
            } else {
                higher = Math.max(higher, near(held.permits(), refused + 1) ? refused + 1L : refused);
            }
            Settled safe = new Settled(held, Math.max(best, held.permits()), refused, probes, surprises);
            return new Probing(held.withPermits((int) Math.min(most, higher)), safe, step, now);
        }

        /// The limit has moved to somewhere above what is kept: it is looked for at once.
        ///
        /// @param count more than that was refused
        Probing searched(int count, long now) {
            int higher = Math.max(held.permits() + 1, count);
            return new Probing(held.withPermits(higher), this, higher - held.permits(), now);
        }

        /// Less is held from now on, because this was refused once; if it is little less, there is no hurry to try
        /// again; if it is much less, it may be a stranger's doing, which a try shows.
        Settled eased(int permits, long now) {
            return eased(permits, 1, now);
        }

        private Settled eased(int permits, int surprises, long now) {
            int less = Math.clamp(permits, 1, Math.max(1, held.permits() - 1));
            ProbeSchedule next = near(less, held.permits())
                    ? probes.again(now)
                    : ProbeSchedule.soon(held.window().toNanos(), now);
            return new Settled(held.withPermits(less), best, held.permits(), next, surprisedTimes(surprises, now));
        }

        /// The same where a refusal doesn't say what is allowed.
        Settled easedALittle(boolean explained, long now) {
            return eased(held.permits() - (int) Math.ceil(EASE * held.permits()), explained ? 1 : UNEXPLAINED, now);
        }

        /// A refusal that nothing explains: the limit has moved, and this is the count it left.
        Settled puzzled(int count, long now) {
            int less = Math.clamp(Math.max(count, held.permits() / 2), 1, Math.max(1, held.permits() - 1));
            return new Settled(
                    held.withPermits(less),
                    Math.max(best, held.permits()),
                    Integer.MAX_VALUE,
                    ProbeSchedule.first(held.window().toNanos(), now),
                    surprisedTimes(UNEXPLAINED, now));
        }

        /// The next try is put off.
        Settled postponed(long now) {
            return new Settled(held, best, refused, probes.again(now), surprises);
        }

        /// The next try is put off by what the last one cost.
        ///
        /// @param refusals beyond the first
        Settled paying(int refusals, long now) {
            return new Settled(held, best, refused, probes.paying(refusals, now), surprises);
        }

        private List<Long> surprisedTimes(int times, long now) {
            List<Long> latest = new ArrayList<>(surprises);
            latest.addAll(Collections.nCopies(times, now));
            return latest.subList(Math.max(0, latest.size() - SURPRISES), latest.size());
        }

        /// Whether surprises are too many for a limit that moves now and then: somebody else uses it too.
        ///
        /// @param atOnce whether one that nothing explains is enough
        boolean shared(boolean atOnce, long now) {
            long remembered = Math.max(
                    REMEMBERED_NANOS, REMEMBERED_WINDOWS * held.window().toNanos());
            int few = atOnce ? UNEXPLAINED : SURPRISES;
            return surprises.size() >= few && surprises.get(surprises.size() - few) > now - remembered;
        }
    }

    /// A higher ceiling on trial.
    ///
    /// @param safe what holds if it fails
    /// @param since when it was raised
    record Probing(Limit tried, Settled safe, int step, long since) implements SearchStage {
        @Override
        public Optional<Limit> limit() {
            return Optional.of(tried);
        }

        /// What was refused above it is remembered, but not where a limit that had moved is coming back.
        Settled proven(long now) {
            boolean bounded = !safe.missing() && safe.refused() > tried.permits();
            int refused = bounded ? safe.refused() : Integer.MAX_VALUE;
            ProbeSchedule next = refused == Integer.MAX_VALUE
                    ? ProbeSchedule.first(tried.window().toNanos(), now)
                    : safe.probes().again(now);
            return new Settled(tried, Math.max(safe.best(), tried.permits()), refused, next, safe.surprises());
        }

        /// @param permits what the refusal says is allowed, 0 if that is not certain
        Settled failed(int permits, long now) {
            int kept = Math.clamp(permits, safe.held().permits(), tried.permits() - 1);
            ProbeSchedule next = permits > 0 || near(kept, tried.permits())
                    ? safe.probes().failed(tried.window().toNanos(), now, kept < MISSED * safe.best())
                    : ProbeSchedule.first(tried.window().toNanos(), now);
            return new Settled(tried.withPermits(kept), safe.best(), tried.permits(), next, safe.surprises());
        }
    }

    /// Somebody else uses the same quota, so that no ceiling is right for long: the level rises a little with each
    /// accepted call and falls with each refusal, so that refusals settle at a share that was chosen.
    ///
    /// A limit that is known is kept this way too if some refusals are allowed for: what round trips and
    /// jitter cost of a short window is then found out and used.
    ///
    /// @param level the ceiling at present, with a fraction
    /// @param dip how far below the level it is kept for the moment: a stranger that takes more than usual now need
    /// not do so in the next window
    /// @param most the level is not raised above
    /// @param sinceRefusal calls accepted since the last refusal
    /// @param refusals since it was last judged whether anybody shares
    record Contended(
            Limit around, double level, double dip, int most, int best, Aim aim, int sinceRefusal, int refusals)
            implements SearchStage {
        private static final double ABOVE = 1.3;
        private static final double DEEPEST = 1.0 / 3;
        private static final double DIPS_IN_A_WINDOW = 4;

        /// It starts from what was eased several times, so that it may rise as fast as after that many acceptances.
        private static final int HEAD_START = 500;

        static Contended of(Settled last, int most) {
            double level = last.held().permits();
            return new Contended(last.held(), level, 0, most, last.best(), Aim.BESIDE_A_STRANGER, HEAD_START, 0);
        }

        /// @param tolerated the most calls, as a share, that may be refused
        static Contended tolerant(Limit known, double tolerated) {
            int most = (int) Math.ceil(ABOVE * known.permits());
            return new Contended(known, known.permits(), 0, most, known.permits(), Aim.within(tolerated), 0, 0);
        }

        Contended accepted() {
            int streak = sinceRefusal + 1;
            double faster = Math.max(1, streak * aim.refused() / 2);
            double higher = Math.min(most, level + aim.stride(level) * aim.refused() * faster);
            double shallower = dip * Math.max(0, 1 - DIPS_IN_A_WINDOW / level);
            return new Contended(around, higher, shallower, most, best, aim, streak, refusals);
        }

        Contended refused() {
            double lower = Math.max(1, level - aim.stride(level));
            double deeper = Math.min(DEEPEST * level, dip + aim.dip() * level);
            return new Contended(around, lower, deeper, most, best, aim, 0, refusals + 1);
        }

        /// Nobody shares any more, or nobody ever did.
        Settled alone(Limit limit, long now) {
            Settled found = Settled.found(limit, now);
            return new Settled(limit, Math.max(best, limit.permits()), Integer.MAX_VALUE, found.probes(), List.of());
        }

        /// Whether there is a sharer was judged anew, and there is.
        Contended judged() {
            return new Contended(around, level, dip, most, best, aim, sinceRefusal, 0);
        }

        @Override
        public Optional<Limit> limit() {
            return Optional.of(around.withPermits(Math.max(1, (int) (level - dip))));
        }
    }

    /// Where the level of a shared quota comes to rest.
    ///
    /// @param refused the share of calls refused
    /// @param stride by what share of itself a refusal lowers the level
    /// @param least by how much a refusal lowers it at least
    /// @param dip by what share it lowers it besides, for some time: where a stranger comes and goes
    record Aim(double refused, double stride, double least, double dip) {
        private static final Aim BESIDE_A_STRANGER = new Aim(0.0085, 0.02, 0.1, 0.05);
        private static final double OF_TOLERATED = 0.6;

        private static Aim within(double tolerated) {
            return new Aim(OF_TOLERATED * tolerated, 0.01, 1, 0);
        }

        private double stride(double level) {
            return Math.max(least, stride * level);
        }
    }

    /// Below this share of the best ceiling ever held more is likely to be allowed again.
    double MISSED = 0.9;

    /// From this share of what is kept on a gain is worth a refusal.
    double WORTHWHILE = 0.04;

    /// Whether so little lies between what is kept and what was refused that it isn't worth a refusal.
    static boolean near(int kept, int refused) {
        return refused - kept <= Math.max(8, (1 - MISSED) * refused);
    }
}
