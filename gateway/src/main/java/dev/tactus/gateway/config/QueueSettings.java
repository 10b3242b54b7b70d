package dev.tactus.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// How requests wait in pace mode.
///
/// @param patience how long, where the caller doesn't say with `Prefer: wait=N`
/// @param queue how many may wait at once
/// @param leave the share of every quota that is left to people and other programs
/// @param refusalStatuses with which the upstream refuses a request for its rate, beside 429 and 503 with Retry-After
/// @param disguises refusals that only their bodies tell
public record QueueSettings(
        Duration patience, int queue, double leave, Set<Integer> refusalStatuses, List<DisguisedRefusal> disguises) {
    public static final QueueSettings DEFAULTS =
            new QueueSettings(Duration.ofSeconds(60), 10_000, 0, Set.of(), List.of());

    public QueueSettings {
        refusalStatuses = Set.copyOf(refusalStatuses);
        disguises = List.copyOf(disguises);
    }
}
