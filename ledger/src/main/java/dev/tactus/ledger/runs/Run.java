package dev.tactus.ledger.runs;

import dev.tactus.music.Dataset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/// One pull of a catalog from one source, over some days, from its start to its publication, however often it is
/// interrupted.
///
/// @param id sorts by time of start, e.g. `20261122T101530Z-spotify-4f2a`
/// @param from the first day
/// @param to the last day
/// @param catalogHash of the catalog it was planned from
/// @param codeVersion of the program that started it
/// @param counters over all its interruptions
/// @param note why it is in its state, in a sentence; empty where there is nothing to say
/// @param endedAt when it last stopped working, whatever the outcome
public record Run(
        String id,
        String source,
        LocalDate from,
        LocalDate to,
        Set<Dataset> datasets,
        String catalogHash,
        String codeVersion,
        RunState state,
        RunCounters counters,
        String note,
        Instant startedAt,
        Instant updatedAt,
        Optional<Instant> endedAt) {
    public Run {
        datasets = Set.copyOf(datasets);
    }
}
