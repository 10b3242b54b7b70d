package dev.tactus.simulator.quota;

import dev.tactus.limits.Limit;

/// How one client used one limit.
///
/// @param key the token, client id or `everyone`
/// @param worstWindow the most requests that arrived within one window
/// @param worstWindowAdmitted the most that were admitted within one window
/// @param saturatedSeconds how long the client went on without a pause, the first window of each stretch left out
/// @param share of the quota that was used in that time; 0 where it is too short to tell
public record LimitUsage(
        String scope,
        Limit limit,
        SimulatedWindowKind kind,
        String key,
        long requests,
        long throttled,
        int worstWindow,
        int worstWindowAdmitted,
        double saturatedSeconds,
        double share) {}
