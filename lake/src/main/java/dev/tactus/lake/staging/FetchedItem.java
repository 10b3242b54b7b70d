package dev.tactus.lake.staging;

import dev.tactus.lake.table.Preconditions;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import java.time.LocalDate;

/// A recording's dataset of a day that was fetched: its rows, possibly none, replace what the day held for it.
///
/// @param rows how many rows were staged for it, over all tables of the dataset
public record FetchedItem(Dataset dataset, Isrc isrc, LocalDate day, long rows) {
    public FetchedItem {
        Preconditions.notNegative("rows", rows);
    }
}
