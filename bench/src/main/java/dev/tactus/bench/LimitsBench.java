package dev.tactus.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// What a decision costs: ours, four libraries, and the least it could cost, in one run. Prints a Markdown table.
///
/// Every contender reads the clock for each decision. `alone` is one limiter and no map; the others look it up by key
/// in a map, of which a random key is taken each time. With two threads the time is that of one decision as a thread
/// sees it. Told is the median of slices of a tenth of a second, so that what else the machine does disturbs little.
/// Arguments: forks, and seconds measured in each.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimitsBench {
    private static final String ALONE = "alone";
    private static final double MEDIAN = 50;
    private static final TimeValue SLICE = TimeValue.milliseconds(100);

    /// The limiters, shared by the threads.
    @State(Scope.Benchmark)
    public static class Limiters {
        @Param({"FLOOR", "TACTUS", "BUCKET4J", "RESILIENCE4J", "GUAVA", "FAILSAFE"})
        public String contender = "";

        @Param({"GRANT", "REFUSE"})
        public String outcome = "";

        @Param({ALONE, "1", "100000"})
        public String keys = "";

        private String[] names = {};
        private Contender.@Nullable Limited one;
        private @Nullable Predicate<String> keyed;

        /// Makes the limiters, and makes sure that they do what is measured.
        @Setup
        public void make() {
            Contender who = Contender.valueOf(contender);
            Contender.Outcome wanted = Contender.Outcome.valueOf(outcome);
            if (keys.equals(ALONE)) {
                one = who.one(wanted);
            } else {
                names = IntStream.range(0, Integer.parseInt(keys))
                        .mapToObj(number -> "application-" + number)
                        .toArray(String[]::new);
                keyed = who.keyed(wanted, List.of(names));
            }
            boolean granted = ask(0);
            if (who != Contender.FLOOR && granted != (wanted == Contender.Outcome.GRANT)) {
                throw new IllegalStateException(contender + " should " + outcome + " and does not");
            }
        }

        boolean ask(int random) {
            if (one != null) {
                return one.ask();
            }
            int at = (int) (((random & 0xffffffffL) * names.length) >>> 32);
            return keyed != null && keyed.test(names[at]);
        }
    }

    /// A thread's own random numbers.
    @State(Scope.Thread)
    public static class Dice {
        private int last;

        /// Threads start apart.
        @Setup
        public void start() {
            last = Thread.currentThread().getName().hashCode();
        }

        int next() {
            last = last * 1_664_525 + 1_013_904_223;
            return last;
        }
    }

    /// One decision.
    @Benchmark
    public boolean decide(Limiters limiters, Dice dice) {
        return limiters.ask(dice.next());
    }

    public static void main(String[] arguments) throws RunnerException {
        int forks = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        Map<String, Map<String, Double>> table = new TreeMap<>();
        for (int threads : List.of(1, 2)) {
            collect(run(forks, seconds, threads), threads, table);
        }
        System.out.print(markdown(table));
    }

    private static Collection<RunResult> run(int forks, int seconds, int threads) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(LimitsBench.class.getName())
                        .forks(forks)
                        .threads(threads)
                        .warmupIterations(10)
                        .warmupTime(SLICE)
                        .measurementIterations((int) (seconds * 1000L / SLICE.convertTo(TimeUnit.MILLISECONDS)))
                        .measurementTime(SLICE)
                        .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC")
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
    }

    private static void collect(Collection<RunResult> results, int threads, Map<String, Map<String, Double>> table) {
        for (RunResult result : results) {
            String column = column(
                    result.getParams().getParam("outcome"), result.getParams().getParam("keys"), threads);
            table.computeIfAbsent(column, each -> new TreeMap<>())
                    .put(
                            result.getParams().getParam("contender"),
                            result.getPrimaryResult().getStatistics().getPercentile(MEDIAN));
        }
    }

    private static String column(String outcome, String keys, int threads) {
        return outcome.toLowerCase(Locale.ROOT) + ", "
                + switch (keys) {
                    case ALONE -> "alone";
                    case "1" -> "1 key";
                    default -> "100,000 keys";
                }
                + ", " + threads + (threads == 1 ? " thread" : " threads");
    }

    private static String markdown(Map<String, Map<String, Double>> table) {
        StringBuilder text = new StringBuilder("| ns per decision (× floor) |");
        for (Contender contender : Contender.values()) {
            text.append(' ').append(contender.title()).append(" |");
        }
        text.append("\n|")
                .append(" --- |".repeat(Contender.values().length + 1))
                .append('\n');
        List<String> rows = new ArrayList<>(table.keySet());
        for (String row : rows) {
            Map<String, Double> cells = table.getOrDefault(row, Map.of());
            double floor = cells.getOrDefault(Contender.FLOOR.name(), Double.NaN);
            text.append("| ").append(row).append(" |");
            for (Contender contender : Contender.values()) {
                double score = cells.getOrDefault(contender.name(), Double.NaN);
                text.append(String.format(Locale.ROOT, " %.1f (%.2f) |", score, score / floor));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
