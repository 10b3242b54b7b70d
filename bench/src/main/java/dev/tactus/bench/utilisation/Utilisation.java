package dev.tactus.bench.utilisation;

import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// Runs every policy against every server and prints one table: the share of the quota used and the refusals.
final class Utilisation {
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Duration MARGIN = Duration.ofSeconds(2);

    static final Map<String, CallPolicy.Maker> POLICIES = policies();

    private Utilisation() {}

    private static Map<String, CallPolicy.Maker> policies() {
        Map<String, CallPolicy.Maker> all = new LinkedHashMap<>();
        all.put("backoff only", (scenario, world) -> new BackoffPolicy(world));
        all.put("AWS adaptive (cubic)", (scenario, world) -> new CubicRatePolicy(world));
        all.put("AIMD", AimdPolicy::new);
        all.put("token bucket, N known", TokenBucketPolicy::new);
        all.put("ours, N known", (scenario, world) -> new PacerPolicy(known(scenario.limits()), world));
        all.put(
                "ours, N known, 0.1 % refusals tolerated",
                (scenario, world) -> new PacerPolicy(known(scenario.limits()).tolerating(0.001), world));
        all.put(
                "ours, N unknown",
                (scenario, world) -> new PacerPolicy(unknown(scenario.quota().window(), true), world));
        all.put(
                "ours, N and W unknown",
                (scenario, world) -> new PacerPolicy(unknown(Duration.ofSeconds(60), false), world));
        return all;
    }

    static CallPolicy.Maker policy(String name) {
        return Objects.requireNonNull(POLICIES.get(name), name);
    }

    static PacerSettings known(List<Limit> limits) {
        return new PacerSettings(
                limits.stream()
                        .map(limit -> new ScopedLimit(ScopedLimit.TOKEN, limit))
                        .toList(),
                List.of(),
                LONGEST_WAIT,
                MARGIN);
    }

    static PacerSettings unknown(Duration window, boolean certain) {
        return new PacerSettings(List.of(), List.of(), LONGEST_WAIT, MARGIN).withWindow(window, certain);
    }

    /// Prints the table.
    ///
    /// @param args the number of seeds; a part of the policies' names, a part of the scenarios', and a file for the
    /// picture, each optional
    public static void main(String[] args) throws IOException {
        int seeds = Integer.parseInt(args[0]);
        String only = args.length > 1 ? args[1] : "";
        String where = args.length > 2 ? args[2] : "";
        if (args.length > 3) {
            RefusalChart.write(Path.of(args[3]));
        }
        StringBuilder head = new StringBuilder("| policy | server |");
        StringBuilder rule = new StringBuilder("| --- | --- |");
        List<ServerScenario> scenarios = ServerScenario.ALL.stream()
                .filter(s -> s.title().contains(where))
                .toList();
        for (ServerScenario scenario : scenarios) {
            head.append(' ').append(scenario.title()).append(" |");
            rule.append(" --- |");
        }
        System.out.println(head);
        System.out.println(rule);
        POLICIES.forEach((name, maker) -> {
            if (!name.contains(only)) {
                return;
            }
            for (LimitedServer.Kind kind : LimitedServer.Kind.values()) {
                StringBuilder row = new StringBuilder("| " + name + " | " + kind.title() + " |");
                List<List<PolicyRun.Result>> cells = scenarios.parallelStream()
                        .map(scenario -> IntStream.rangeClosed(1, seeds)
                                .mapToObj(seed -> new PolicyRun(scenario, kind, maker, seed).run())
                                .toList())
                        .toList();
                for (List<PolicyRun.Result> cell : new ArrayList<>(cells)) {
                    double share = cell.stream()
                            .mapToDouble(PolicyRun.Result::share)
                            .min()
                            .orElseThrow();
                    int refused = cell.stream()
                            .mapToInt(PolicyRun.Result::refused)
                            .max()
                            .orElseThrow();
                    row.append(String.format(Locale.ROOT, " %.1f %% / %,d |", share * 100, refused));
                }
                System.out.println(row);
            }
        });
    }
}
