package dev.tactus.simulator.fault;

import dev.tactus.simulator.catalog.SplitMix;
import java.time.Duration;
import java.util.Set;

/// Which requests a fault hits: a share of them, every n-th or those with given numbers (all, if none of these is
/// said), within a time.
///
/// @param share drawn from the seed by the request's number; 1 for all
/// @param every 1 for all
/// @param numbers counted from 1 on each endpoint; empty for all
/// @param from since the first request
/// @param lasting from then on
/// @param repeat how long after its beginning it begins again; zero for never
/// @param atMost how often in all
public record FaultSchedule(
        double share, int every, Set<Long> numbers, Duration from, Duration lasting, Duration repeat, long atMost) {
    public static final Duration FOR_EVER = Duration.ofDays(3_650);

    /// Every request.
    public static final FaultSchedule ALWAYS =
            new FaultSchedule(1, 1, Set.of(), Duration.ZERO, FOR_EVER, Duration.ZERO, Long.MAX_VALUE);

    public FaultSchedule {
        if (share < 0 || share > 1) {
            throw new IllegalArgumentException("a share lies between 0 and 1, not " + share);
        }
        if (every < 1) {
            throw new IllegalArgumentException("every n-th request: n is at least 1, not " + every);
        }
        numbers = Set.copyOf(numbers);
    }

    /// A share of all requests.
    public static FaultSchedule share(double share) {
        return new FaultSchedule(share, 1, Set.of(), Duration.ZERO, FOR_EVER, Duration.ZERO, Long.MAX_VALUE);
    }

    /// The requests with these numbers, counted from 1 on each endpoint.
    public static FaultSchedule numbers(Long... numbers) {
        return new FaultSchedule(1, 1, Set.of(numbers), Duration.ZERO, FOR_EVER, Duration.ZERO, Long.MAX_VALUE);
    }

    public boolean hits(long number, long random, Duration elapsed) {
        return isOn(elapsed)
                && (numbers.isEmpty() || numbers.contains(number))
                && number % every == 0
                && SplitMix.unit(random) < share;
    }

    private boolean isOn(Duration elapsed) {
        if (elapsed.compareTo(from) < 0) {
            return false;
        }
        long since = elapsed.minus(from).toNanos();
        return (repeat.isZero() ? since : since % repeat.toNanos()) < lasting.toNanos();
    }
}
