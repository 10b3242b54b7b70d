package dev.tactus.ledger.items;

import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import java.time.LocalDate;
import java.util.List;

/// An item of a run that a report has to cover, in whole or for some territories.
///
/// @param territories as the source names them; empty where it gave nothing of the recording
public record AwaitedItem(Isrc isrc, Dataset dataset, LocalDate day, List<String> territories) {
    public AwaitedItem {
        territories = List.copyOf(territories);
    }
}
