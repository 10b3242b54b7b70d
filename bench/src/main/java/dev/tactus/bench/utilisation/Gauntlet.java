package dev.tactus.bench.utilisation;

import dev.tactus.limits.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Documented APIs as virtual servers, and who comes how near to the best that can be done there.
public final class Gauntlet {
    static final List<Integer> PROCESSES = List.of(1, 2, 8);
    static final String TOLD = "ours, told";
    static final String LEARNED = "ours, learned";

    private static final long SEED = 1;
    private static final Duration LONGEST_OF_AIMD = Duration.ofMinutes(1);
    private static final Map<String, GauntletRun.Maker> POLICIES = policies();

    private Gauntlet() {}

    /// What came of one demand by so many processes before one API.
    ///
    /// @param best what the optimum reaches
    /// @param results by policy
    record Cell(
            DocumentedApi api,
            GauntletRun.Demand demand,
            int processes,
            GauntletRun.Result best,
            Map<String, GauntletRun.Result> results) {}

    private static Map<String, GauntletRun.Maker> policies() {
        Map<String, GauntletRun.Maker> all = new LinkedHashMap<>();
        all.put(TOLD, (api, server, world) -> new PacerPolicy(api.settings(), world));
        all.put(
                LEARNED,
                (api, server, world) -> new PacerPolicy(Utilisation.unknown(Duration.ofMinutes(1), false), world));
        all.put("backoff", (api, server, world) -> new BackoffPolicy(world));
        all.put("AWS adaptive", (api, server, world) -> new CubicRatePolicy(world));
        all.put("AIMD", (api, server, world) -> new AimdPolicy(perMinute(api.quota()), world));
        all.put("bucket, told", (api, server, world) -> new TokenBucketPolicy(scenario(api.quota()), world));
        all.put("ATB", (api, server, world) -> new AdaptiveBucketPolicy(world));
        return all;
    }

    private static ServerScenario scenario(Limit quota) {
        return new ServerScenario("", List.of(quota), List.of(), 0, 0, 0, 0);
    }

    /// One that grows once in six hours would never begin.
    private static ServerScenario perMinute(Limit quota) {
        Duration window = quota.window().compareTo(LONGEST_OF_AIMD) < 0 ? quota.window() : LONGEST_OF_AIMD;
        return scenario(new Limit(quota.permits(), window));
    }

    /// Prints the tables, and writes the page and the picture if all APIs were run.
    ///
    /// @param args a part of the APIs' names, the folder of documents, a part of the policies' names, a part of the
    /// demands' names; each optional or empty
    public static void main(String[] args) throws IOException {
        String only = argument(args, 0);
        String docs = argument(args, 1);
        String policy = argument(args, 2);
        String demand = argument(args, 3);
        List<Cell> cells = DocumentedApi.ALL.parallelStream()
                .filter(api -> api.name().contains(only))
                .flatMap(api -> cells(api, policy, demand).stream())
                .toList();
        String page = GauntletPage.of(cells);
        if (docs.isEmpty() || !only.isEmpty()) {
            System.out.println(page);
        } else {
            Files.writeString(Path.of(docs, "gauntlet.md"), page);
            GauntletChart.write(Path.of(docs, "pictures", "gauntlet.svg"), cells);
        }
    }

    private static String argument(String[] args, int place) {
        return place < args.length ? args[place] : "";
    }

    private static List<Cell> cells(DocumentedApi api, String policy, String which) {
        List<Cell> cells = new ArrayList<>();
        long began = System.nanoTime();
        for (GauntletRun.Demand demand : GauntletRun.Demand.values()) {
            if (!demand.name().contains(which)) {
                continue;
            }
            GauntletRun.Result best = new GauntletRun(
                            api, demand, 1, (each, server, world) -> new OptimumPolicy(server, world), SEED)
                    .run();
            if (best.refused() > 0) {
                throw new AssertionError(api.name() + " refuses its own optimum");
            }
            for (int processes : PROCESSES) {
                Map<String, GauntletRun.Result> results = new LinkedHashMap<>();
                POLICIES.forEach((name, maker) -> {
                    if (name.contains(policy)) {
                        results.put(name, new GauntletRun(api, demand, processes, maker, SEED).run());
                    }
                });
                cells.add(new Cell(api, demand, processes, best, results));
            }
        }
        System.err.printf("%s: %.1f s%n", api.name(), (System.nanoTime() - began) / 1e9);
        return cells;
    }
}
