package dev.tactus.ledger.items;

import dev.tactus.music.Dataset;
import java.time.LocalDate;

/// The counts of one dataset on one day of a run.
///
/// @param rows staged for its items
public record SliceCounts(Dataset dataset, LocalDate day, ItemCounts counts, long rows) {}
