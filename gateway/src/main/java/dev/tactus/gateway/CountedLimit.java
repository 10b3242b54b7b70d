package dev.tactus.gateway;

/// What one limit counted.
///
/// @param charged units charged
/// @param refused requests it refused
/// @param shadowed requests it would have refused, had it not been in shadow mode
record CountedLimit(MeteredLimit limit, long charged, long refused, long shadowed) {}
