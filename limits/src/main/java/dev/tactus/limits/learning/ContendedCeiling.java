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
record ContendedCeiling(
        Limit around, double level, double dip, int most, int best, Aim aim, int sinceRefusal, int refusals)
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
                0);
    }

    /// @param tolerated the most calls, as a share, that may be refused
    static ContendedCeiling tolerant(Limit known, double tolerated) {
        int most = (int) Math.ceil(Tunables.ABOVE_KNOWN * known.permits());
        Aim aim = Aim.tolerant(tolerated);
        return new ContendedCeiling(known, known.permits(), 0, most, known.permits(), aim, 0, 0);
    }

    ContendedCeiling accepted() {
        int streak = sinceRefusal + 1;
        double faster = Math.max(1, streak * aim.refused() / 2);
        double higher = Math.min(most, level + aim.strideAt(level) * aim.refused() * faster);
        double shallower = dip * Math.max(0, 1 - Tunables.DIPS_IN_A_WINDOW / level);
        return new ContendedCeiling(around, higher, shallower, most, best, aim, streak, refusals);
    }

    ContendedCeiling refused() {
        double lower = Math.max(1, level - aim.strideAt(level));
        double deeper = Math.min(Tunables.DEEPEST_DIP * level, dip + aim.dip() * level);
        return new ContendedCeiling(around, lower, deeper, most, best, aim, 0, refusals + 1);
    }

    /// Nobody shares it any more, or nobody ever did.
    SettledCeiling alone(Limit limit, long now) {
        SettledCeiling found = SettledCeiling.found(limit, now);
        return new SettledCeiling(
                limit, Math.max(best, limit.permits()), Integer.MAX_VALUE, found.probes(), found.unprovoked());
    }

    /// Whether anybody shares it was judged anew, and somebody does.
    ContendedCeiling judged() {
        return new ContendedCeiling(around, level, dip, most, best, aim, sinceRefusal, 0);
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
