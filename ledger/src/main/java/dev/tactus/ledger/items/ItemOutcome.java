package dev.tactus.ledger.items;

import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What became of one work item.
///
/// @param day as planned
/// @param rows staged for it, 0 or more; a parked item has none
/// @param reason a stable snake_case word for a person; absent where there is nothing to explain
/// @param notBefore when a parked item may be tried again; absent for every other
public record ItemOutcome(
        Isrc isrc,
        Dataset dataset,
        LocalDate day,
        ItemState state,
        long rows,
        @Nullable String reason,
        @Nullable Instant notBefore) {
    public ItemOutcome {
        if (state == ItemState.PLANNED) {
            throw new IllegalArgumentException("planned is no outcome: " + isrc + " " + dataset + " " + day);
        }
        if (rows < 0) {
            throw new IllegalArgumentException("rows are 0 or more, not " + rows + ": " + isrc + " " + dataset);
        }
        if ((state == ItemState.PARKED) != (notBefore != null)) {
            throw new IllegalArgumentException(
                    "a parked item, and no other, says until when: " + isrc + " " + dataset + " " + state);
        }
        if (state == ItemState.PARKED && rows > 0) {
            throw new IllegalArgumentException("a parked item lands no rows: " + isrc + " " + dataset);
        }
    }

    public static ItemOutcome landed(Isrc isrc, Dataset dataset, LocalDate day, long rows) {
        return new ItemOutcome(isrc, dataset, day, ItemState.LANDED, rows, null, null);
    }

    public static ItemOutcome notFound(Isrc isrc, Dataset dataset, LocalDate day, String reason) {
        return new ItemOutcome(isrc, dataset, day, ItemState.NOT_FOUND, 0, reason, null);
    }

    public static ItemOutcome deadLettered(Isrc isrc, Dataset dataset, LocalDate day, long rows, String reason) {
        return new ItemOutcome(isrc, dataset, day, ItemState.DEAD_LETTERED, rows, reason, null);
    }

    public static ItemOutcome awaitingReport(Isrc isrc, Dataset dataset, LocalDate day, long rows, String reason) {
        return new ItemOutcome(isrc, dataset, day, ItemState.AWAITING_REPORT, rows, reason, null);
    }

    public static ItemOutcome parked(Isrc isrc, Dataset dataset, LocalDate day, Instant notBefore, String reason) {
        return new ItemOutcome(isrc, dataset, day, ItemState.PARKED, 0, reason, notBefore);
    }
}
