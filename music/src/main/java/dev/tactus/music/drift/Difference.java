package dev.tactus.music.drift;

import dev.tactus.music.Severity;
import dev.tactus.music.identifiers.Isrc;

/// Something a service says about a recording that is not what was expected.
///
/// @param field one of `isrc_mapping`, `title`, `artists`, `duration_ms`, `explicit`, `track_ids`
/// @param expected what the catalog or the last run says, as text
/// @param found what the service says now, as text
public record Difference(Isrc isrc, String field, String expected, String found, Severity severity) {}
