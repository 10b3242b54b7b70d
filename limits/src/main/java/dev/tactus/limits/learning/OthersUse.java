package dev.tactus.limits.learning;

/// How steadily others use a shared quota, told by what this program itself had used whenever it was refused.
///
/// Programs that pace themselves use nearly the same in each window, so that a refusal always comes at nearly the same
/// count; under one that calls at random the counts differ as much as chance lets them.
///
/// @param seen refusals so far
/// @param mean of the counts
/// @param spread their variance, of late
record OthersUse(int seen, double mean, double spread) {
    static final OthersUse UNKNOWN = new OthersUse(0, 0, 0);

    /// A refusal came when that many of this program's calls counted.
    OthersUse with(double count) {
        double part = Math.max(Tunables.OTHERS_WEIGHT, 1.0 / (seen + 1));
        double off = count - mean;
        double next = seen == 0 ? 0 : (1 - part) * (spread + part * off * off);
        return new OthersUse(seen + 1, mean + part * off, next);
    }

    /// What share of its calls a program with a level of one call is to be refused, for all to come to equal parts;
    /// beside others that call at random, any.
    ///
    /// @param permits of the limit, as far as is known
    double refusedAtOne(double permits) {
        if (seen < Tunables.OTHERS_SEEN) {
            return Tunables.EARLY_REFUSED;
        }
        double theirs = Math.max(permits - mean, mean);
        return spread > Tunables.RESTLESS * theirs ? Double.MAX_VALUE : Tunables.STEADY_REFUSED;
    }
}
