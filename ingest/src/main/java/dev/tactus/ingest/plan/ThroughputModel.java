package dev.tactus.ingest.plan;

import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Estimates how long requests take under limits: each scope lets N − 1 through in its window, evenly, or all N where
/// it is known how they are counted; all scopes that match a path hold at once; paths go on beside one another.
///
/// @param limits what is known
public record ThroughputModel(List<ScopedLimit> limits) {
    public ThroughputModel {
        limits = List.copyOf(limits);
    }

    /// The time until the last request is sent; empty where a path with requests has no known limit.
    public Optional<Duration> takes(Map<String, Long> callsByPath) {
        for (Map.Entry<String, Long> path : callsByPath.entrySet()) {
            if (path.getValue() > 0 && limits.stream().noneMatch(limit -> matches(limit, path.getKey()))) {
                return Optional.empty();
            }
        }
        double seconds = 0;
        for (ScopedLimit limit : limits) {
            long calls = callsByPath.entrySet().stream()
                    .filter(path -> matches(limit, path.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            seconds = Math.max(seconds, Math.max(0, calls - 1) / perSecond(limit));
        }
        return Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /// What the tightest limit of a path lets through.
    public OptionalDouble perMinute(String path) {
        return limits.stream()
                .filter(limit -> matches(limit, path))
                .mapToDouble(limit -> 60 * perSecond(limit))
                .min();
    }

    private static double perSecond(ScopedLimit limit) {
        Limit calls = limit.calls();
        double seconds = calls.window().toNanos() / 1e9;
        return (limit.isPlain() ? Math.max(1, calls.permits() - 1) : calls.permits()) / seconds;
    }

    private static boolean matches(ScopedLimit limit, String path) {
        String scope = limit.scope();
        return scope.equals(ScopedLimit.TOKEN)
                || path.equals(scope)
                || path.startsWith(scope.endsWith("/") ? scope : scope + "/");
    }
}
