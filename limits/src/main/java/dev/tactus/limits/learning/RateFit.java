package dev.tactus.limits.learning;

import java.util.Arrays;
import java.util.Optional;

/// The token buckets under which a history of answers makes sense; spacing is a bucket of one.
///
/// Under a rate, an accepted call says that the bucket is larger than what was missing when it arrived, and a refused
/// one that it is no larger. When it arrived is known to within its round trip, so that as much more or less may have
/// been missing as comes back in that time. The likeliest rate is what has been accepted since the first refusal, then
/// more, then less; of those that leave a size the highest is taken, with its smallest size: if it is too high, the
/// next
/// refusal says so. Pure.
final class RateFit {

    private RateFit() {}

    /// @param perNano tokens a nanosecond
    /// @param size tokens in a full bucket
    record Bucket(double perNano, int size) {}

    static Optional<Bucket> of(AnswerHistory history) {
        int from = Math.max(history.firstTestimony(), history.size() - Tunables.RATE_LATEST);
        int refused = history.refusedFrom(from);
        int accepted = history.size() - from - refused;
        if (accepted < Tunables.RATE_FEWEST || refused == 0) {
            return Optional.empty();
        }
        double steady = steadyRate(history, from);
        double near = 1 + Tunables.RATE_NEAR;
        return highest(history, from, refused, near * steady, steady / near, Tunables.RATE_SMALL_STEP)
                .or(() ->
                        highest(history, from, refused, Tunables.RATE_MOST * steady, near * steady, Tunables.RATE_STEP))
                .or(() -> highest(
                        history, from, refused, steady / near, Tunables.RATE_LEAST * steady, Tunables.RATE_STEP));
    }

    /// The highest of some rates under which the history makes sense.
    private static Optional<Bucket> highest(
            AnswerHistory history, int from, int refused, double upper, double lower, double step) {
        int accepted = history.size() - from - refused;
        double[] least = new double[accepted];
        double[] most = new double[refused];
        for (double rate = upper; rate > lower; rate *= 1 - step) {
            measure(history, from, rate, least, most);
            Arrays.sort(least);
            Arrays.sort(most);
            double low = least[accepted - 1 - (int) (Tunables.RATE_STRANGE_ACCEPTANCES * accepted)];
            double high = most[(int) (Tunables.RATE_STRANGE_REFUSALS * refused)];
            int size = (int) Math.max(1, Math.ceil(low));
            if (size <= high) {
                return Optional.of(new Bucket(rate, size));
            }
        }
        return Optional.empty();
    }

    /// What was accepted since the first refusal, in a nanosecond: the bucket was empty then, and is now, so that as
    /// much
    /// has come back, and more only if it was full in between.
    private static double steadyRate(AnswerHistory history, int from) {
        int first = from;
        while (history.accepted(first)) {
            first++;
        }
        int last = history.size() - 1;
        int accepted = last - first + 1 - history.refusedFrom(first);
        return (accepted + 1) / (double) Math.max(1, history.arrival(last) - history.arrival(first));
    }

    /// @param least of each accepted call, how large the bucket has to be
    /// @param most of each refused call, how large it can be
    private static void measure(AnswerHistory history, int from, double rate, double[] least, double[] most) {
        double missing = 0;
        long before = history.arrival(from);
        double trip = history.trip(from);
        int yes = 0;
        int no = 0;
        for (int place = from; place < history.size(); place++) {
            long arrival = history.arrival(place);
            // Less than nothing is missing where a full bucket has stood idle: a refusal then contradicts all the more.
            double refilled = missing - rate * (arrival - before);
            trip = 0.9 * trip + 0.1 * history.trip(place);
            double unsure = Tunables.RATE_UNSURE + rate * (history.trip(place) + trip) / 2;
            if (history.accepted(place)) {
                least[yes++] = Math.max(0, refilled) + 1 - unsure;
                missing = Math.max(0, refilled) + 1;
                before = arrival;
            } else {
                most[no++] = refilled + 1 + unsure;
            }
        }
    }
}
