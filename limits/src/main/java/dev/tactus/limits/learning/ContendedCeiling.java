package dev.tactus.limits.learning;

import dev.tactus.limits.Limit;
import java.util.Optional;

/// A quota that somebody else uses too, so that no ceiling is right for long: the level rises a little with each
/// accepted call and falls with each refusal, so that refusals settle at a share that was chosen.
///
/// A limit that is known is kept this way too if some refusals are allowed for: what round trips and jitter cost of a
/// short window is then found out and used.
///
/// @param around the window, and the permits it began with
/// @param level the ceiling at present, with a fraction
/// @param dip how far below the level it is kept for the moment: another program that takes more than usual now need
/// not do so in the next window
/// @param most the level is not raised above
/// @param best the most that was ever held and used for long
/// @param aim where the level comes to rest
/// @param sinceRefusal calls accepted since the last refusal
/// @param refusals since it was last judged whether anybody shares
/// @param others how they use the quota
record ContendedCeiling(
        Limit around,
        double level,
        double dip,
        int most,
        int best,
        Aim aim,
        int sinceRefusal,
        int refusals,
        OthersUse others)
        implements SearchStage {

    /// Where the level of a shared quota comes to rest.
    ///
    /// @param refused the share of calls refused
    /// @param stride by what share of itself a refusal lowers the level
    /// @param least by how much a refusal lowers it at least
    /// @param dip by what share it lowers it besides, for some time: where other programs come and go
    record Aim(double refused, double stride, double least, double dip) {
        private static final Aim CONTENDED = new Aim(
                Tunables.CONTENDED_REFUSED,
                Tunables.CONTENDED_STRIDE,
                Tunables.CONTENDED_LEAST,
                Tunables.CONTENDED_DIP);

        private static Aim tolerant(double tolerated) {
            return new Aim(
                    Tunables.AIMED_OF_TOLERATED * tolerated, Tunables.TOLERANT_STRIDE, Tunables.TOLERANT_LEAST, 0);
        }

        /// The share refused that a level rests at: beside peers the higher the level the lower, so
        /// that all come to the same one.
        private double refusedAt(double level, double atOne) {
            double most = atOne == Tunables.STEADY_REFUSED ? Tunables.MOST_REFUSED_OF_FEW : refused;
            return isContended() ? Math.min(most, atOne / Math.pow(level, Tunables.LEVELLED)) : refused;
        }

        private boolean isContended() {
            return dip > 0;
        }

        private double strideAt(double level) {
            return Math.max(least, stride * level);
        }
    }

    /// @param count what was accepted in the window that ended with the refusal: all that others leave at present
    static ContendedCeiling of(SettledCeiling last, int count, int most) {
        return new ContendedCeiling(
                last.held(),
                Math.clamp(count, 1, last.held().permits()),
                0,
                most,
                last.best(),
                Aim.CONTENDED,
                Tunables.HEAD_START,
                0,
                OthersUse.UNKNOWN);
    }

    /// @param tolerated the most calls, as a share, that may be refused
    static ContendedCeiling tolerant(Limit known, double tolerated) {
        int most = (int) Math.ceil(Tunables.ABOVE_KNOWN * known.permits());
        Aim aim = Aim.tolerant(tolerated);
        return new ContendedCeiling(known, known.permits(), 0, most, known.permits(), aim, 0, 0, OthersUse.UNKNOWN);
    }

    ContendedCeiling accepted() {
        int streak = sinceRefusal + 1;
        double share = aim.refusedAt(level, others.refusedAtOne(around.permits()));
        double faster = Math.max(1, streak * share / 2);
        double higher = Math.min(most, level + stride() * share * faster);
        double shallower = dip * Math.max(0, 1 - Tunables.DIPS_IN_A_WINDOW / level);
        return new ContendedCeiling(around, higher, shallower, most, best, aim, streak, refusals, others);
    }

    /// The first refusals move the level much, later ones little.
    private double stride() {
        boolean learns = aim.isContended() && others.refusedAtOne(around.permits()) != Double.MAX_VALUE;
        return Math.max(learns ? level / (Tunables.FIRST_STRIDES + others.seen()) : 0, aim.strideAt(level));
    }

    /// @param count calls of this program that counted when one more was refused
    ContendedCeiling refused(int count) {
        OthersUse next = others.with(count);
        double lower = Math.max(1, level - stride());
        double deeper = Math.min(Tunables.DEEPEST_DIP * level, dip + aim.dip() * level);
        return new ContendedCeiling(around, lower, deeper, most, best, aim, 0, refusals + 1, next);
    }

    /// Nobody shares it any more, or nobody ever did.
    SettledCeiling alone(Limit limit, long now) {
        SettledCeiling found = SettledCeiling.found(limit, now);
        return new SettledCeiling(
                limit, Math.max(best, limit.permits()), Integer.MAX_VALUE, found.probes(), found.unprovoked());
    }

    /// Whether anybody shares it was judged anew, and somebody does.
    ContendedCeiling judged() {
        return new ContendedCeiling(around, level, dip, most, best, aim, sinceRefusal, 0, others);
    }

    @Override
    public Optional<Limit> limit() {
        return Optional.of(around.withPermits(Math.max(1, (int) (level - dip))));
    }

    @Override
    public boolean hasProvenWindow() {
        return true;
    }
}
