package dev.tactus.ledger.items;

import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import java.time.LocalDate;

/// An item that has its outcome but is in no publication yet.
///
/// @param rows staged for it, 0 or more
public record UnpublishedItem(Isrc isrc, Dataset dataset, LocalDate day, ItemState state, long rows) {}
