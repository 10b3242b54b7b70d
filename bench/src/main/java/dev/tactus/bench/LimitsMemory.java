package dev.tactus.bench;

import dev.tactus.limits.Limit;
import dev.tactus.limits.metering.Charge;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.LimitKind;
import dev.tactus.limits.metering.NamedLimit;
import dev.tactus.limits.metering.QuotaPlan;
import java.io.PrintStream;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// What a key takes of the heap, without the key itself: ours with little, much and nothing used, and others' in the
/// map that their users keep them in. Prints a Markdown table. Wants 3 GB of heap and one collector that compacts.
final class LimitsMemory {
    private static final int MANY = 1_000_000;
    private static final int SOME = 100_000;
    private static final NamedLimit QUOTA = NamedLimit.of("quota", new LimitKind.SlidingLog(Limit.parse("1000/60s")));
    private static final NamedLimit SPIKE = NamedLimit.of("spike", LimitKind.spikeArrest(100));
    private static final NamedLimit FIXED =
            NamedLimit.of("quota", new LimitKind.FixedWindow(Limit.parse("1000/60s"), LimitKind.WindowStart.EPOCH));
    private static final NamedLimit BUCKET =
            NamedLimit.of("quota", new LimitKind.TokenBucket(Limit.parse("1000/60s"), 100));

    private final PrintStream out;

    private LimitsMemory(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        new LimitsMemory(System.out).run();
    }

    private void run() {
        out.println("| keys | limits | used of each key | bytes per key |");
        out.println("| --- | --- | --- | --- |");
        List<String> many = keys(MANY);
        List<String> some = keys(SOME);
        row(MANY, "fixed window 1000/60s", "1 request", () -> used(many, 1, FIXED));
        row(MANY, "token bucket 1000/60s, burst 100", "1 request", () -> used(many, 1, BUCKET));
        row(MANY, "sliding log 1000/60s", "1 request", () -> used(many, 1, QUOTA));
        row(MANY, "sliding logs 1000/60s and 100/1s", "1 request", () -> used(many, 1, QUOTA, SPIKE));
        row(SOME, "sliding log 1000/60s", "100 requests", () -> used(some, 100, QUOTA));
        row(SOME, "sliding log 1000/60s", "1,000 requests", () -> used(some, 1000, QUOTA));
        row(SOME, "sliding logs 1000/60s and 100/1s", "1,000 requests", () -> used(some, 1000, QUOTA, SPIKE));
        row(MANY, "sliding log 1000/60s", "1 request, two minutes ago", () -> forgotten(many));
        for (Contender peer : Contender.values()) {
            if (peer != Contender.TACTUS && peer != Contender.FLOOR) {
                row(SOME, peer.title(), "1 request", () -> peer.keyed(Contender.Outcome.GRANT, some));
            }
        }
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "application-" + number)
                .toList();
    }

    /// Limiters of which that many requests each have been used, evenly over the last minute.
    private static KeyedLimiter<String> used(List<String> keys, int requests, NamedLimit... limits) {
        KeyedLimiter<String> limiter = new KeyedLimiter<>();
        Charge charge = QuotaPlan.of(limits).charge();
        long step = Duration.ofSeconds(59).dividedBy(requests).toNanos();
        for (int request = 0; request < requests; request++) {
            for (String key : keys) {
                limiter.decide(key, charge, request * step);
            }
        }
        return limiter;
    }

    /// Two minutes during which one more key is asked for a hundred times a second.
    private static KeyedLimiter<String> forgotten(List<String> keys) {
        KeyedLimiter<String> limiter = used(keys, 1, QUOTA);
        Charge charge = QuotaPlan.of(QUOTA).charge();
        for (long millis = 0; millis < 120_000; millis += 10) {
            limiter.decide(
                    "another", charge, Duration.ofSeconds(61).plusMillis(millis).toNanos());
        }
        return limiter;
    }

    private void row(int keys, String limits, String used, Supplier<Object> make) {
        long before = heap();
        Object made = make.get();
        try {
            long taken = heap() - before;
            out.printf(Locale.ROOT, "| %,d | %s | %s | %,.0f |%n", keys, limits, used, taken / (double) keys);
        } finally {
            Reference.reachabilityFence(made);
        }
    }

    private static long heap() {
        Runtime machine = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            System.gc();
            least = Math.min(least, machine.totalMemory() - machine.freeMemory());
        }
        return least;
    }
}
