package dev.tactus.gateway.usage;

import java.util.List;

/// What became of some of an application's requests in one minute.
///
/// @param minute minutes since the epoch
/// @param turnedAway unknown (401) or revoked (403)
/// @param limits each limit of the plan at that time
public record MinuteUsage(
        String application, long minute, long admitted, long refused, long turnedAway, List<LimitCounts> limits) {
    public MinuteUsage {
        limits = List.copyOf(limits);
    }
}
