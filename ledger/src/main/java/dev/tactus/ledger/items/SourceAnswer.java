package dev.tactus.ledger.items;

import dev.tactus.music.identifiers.Isrc;

/// What a source came to say of a recording on a day, over all runs that asked: the newest published answer that landed
/// rows or awaits a report, or else the newest of any other kind.
///
/// @param runId whose answer it is
public record SourceAnswer(Isrc isrc, ItemState state, String runId) {}
