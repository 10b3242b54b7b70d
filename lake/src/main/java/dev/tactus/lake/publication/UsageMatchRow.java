package dev.tactus.lake.publication;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a person decided about usage, as the lake's table `usage_matches` holds it.
///
/// @param usageKey `coalesce(isrc, usage_key)` of the rows of `sales` it is about
/// @param isrc the recording that it is; null where it is not ours
public record UsageMatchRow(String usageKey, @Nullable String isrc, String by, Instant at) {}
