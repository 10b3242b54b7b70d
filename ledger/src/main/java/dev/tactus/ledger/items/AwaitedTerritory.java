package dev.tactus.ledger.items;

import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import java.time.LocalDate;

/// One territory of an item that awaits a report, or fell back to one.
///
/// @param territory as the source names it; [#ANY] where it gave nothing of the recording, [#UNNOTED] where a ledger of
///     an earlier version did not note which
/// @param covered whether the item counts as fallen back
public record AwaitedTerritory(
        String runId, String source, Isrc isrc, Dataset dataset, LocalDate day, String territory, boolean covered) {
    public static final String ANY = "*";
    public static final String UNNOTED = "?";
}
