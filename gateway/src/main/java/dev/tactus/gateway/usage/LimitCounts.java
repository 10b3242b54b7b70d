package dev.tactus.gateway.usage;

/// What one limit counted.
///
/// @param charged units charged
/// @param refused requests it refused
/// @param shadowed requests it would have refused, had it not been in shadow mode
public record LimitCounts(MeteredLimit limit, long charged, long refused, long shadowed) {}
