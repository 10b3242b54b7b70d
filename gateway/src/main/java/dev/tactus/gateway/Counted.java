package dev.tactus.gateway;

import java.util.List;

/// What became of some of an application's requests in one minute.
///
/// @param minute minutes since the epoch
/// @param turnedAway unknown (401) or revoked (403)
/// @param limits each limit of the plan at that time
record Counted(
        String application, long minute, long admitted, long refused, long turnedAway, List<CountedLimit> limits) {
    Counted {
        limits = List.copyOf(limits);
    }
}
