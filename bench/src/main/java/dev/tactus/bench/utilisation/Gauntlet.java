package dev.tactus.bench.utilisation;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Documented APIs as virtual servers, and who comes how near to the best that can be done there.
public final class Gauntlet {
    private static final long SEED = 1;
    private static final Duration LONGEST_OF_AIMD = Duration.ofMinutes(1);

    private Gauntlet() {}

    private static Map<String, CallPolicy.Maker> policies(DocumentedApi api) {
        Map<String, CallPolicy.Maker> all = new LinkedHashMap<>();
        all.put("ours, told", (scenario, world) -> new PacerPolicy(api.settings(), world));
        all.put(
                "ours, told nothing",
                (scenario, world) -> new PacerPolicy(Utilisation.unknown(Duration.ofMinutes(1), false), world));
        all.put("backoff", (scenario, world) -> new BackoffPolicy(world));
        all.put("AIMD", (scenario, world) -> new AimdPolicy(perMinute(scenario), world));
        all.put("token bucket, told", TokenBucketPolicy::new);
        return all;
    }

    /// One that grows once in six hours would never begin.
    private static ServerScenario perMinute(ServerScenario scenario) {
        Limit quota = scenario.quota();
        Duration window = quota.window().compareTo(LONGEST_OF_AIMD) < 0 ? quota.window() : LONGEST_OF_AIMD;
        return new ServerScenario(scenario.title(), List.of(new Limit(quota.permits(), window)), List.of(), 0, 0, 0, 0);
    }

    /// Prints both tables.
    ///
    /// @param args a part of the APIs' names, optional
    public static void main(String[] args) {
        String only = args.length > 0 ? args[0] : "";
        List<DocumentedApi> apis = DocumentedApi.ALL.stream()
                .filter(api -> api.name().contains(only))
                .toList();
        print("saturated: share of the optimum / calls refused", true, apis);
        System.out.println();
        print("at random, 30 % of the limit: mean wait beyond the optimum's / calls refused", false, apis);
    }

    private static void print(String title, boolean saturated, List<DocumentedApi> apis) {
        System.out.println("| " + title + " | rule | "
                + String.join(" | ", policies(apis.getFirst()).keySet()) + " |");
        System.out.println(
                "| --- | --- |" + " --- |".repeat(policies(apis.getFirst()).size()));
        apis.parallelStream().map(api -> row(api, saturated)).toList().forEach(System.out::println);
    }

    private static String row(DocumentedApi api, boolean saturated) {
        GauntletRun.Result best = GauntletRun.optimum(api, saturated);
        StringBuilder row = new StringBuilder("| " + api.name() + " | " + api.rule() + " |");
        policies(api).forEach((name, maker) -> {
            GauntletRun.Result result = new GauntletRun(api, saturated, maker, SEED).run();
            String reached = saturated
                    ? String.format(Locale.ROOT, "%.1f %%", 100.0 * result.accepted() / best.accepted())
                    : seconds(result.waited() - best.waited());
            row.append(String.format(Locale.ROOT, " %s / %s |", reached, refused(result)));
        });
        return row.toString();
    }

    private static String refused(GauntletRun.Result result) {
        double percent = 100 * result.refusedShare();
        String share = String.format(Locale.ROOT, percent < 10 ? "%.2g" : "%.0f", percent);
        return result.refused() == 0 ? "0" : String.format(Locale.ROOT, "%,d (%s %%)", result.refused(), share);
    }

    private static String seconds(double waited) {
        return waited < 0.0005 ? "0" : String.format(Locale.ROOT, waited < 10 ? "%.2f s" : "%,.0f s", waited);
    }
}
