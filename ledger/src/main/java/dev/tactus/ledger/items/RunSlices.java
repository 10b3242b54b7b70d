package dev.tactus.ledger.items;

import dev.tactus.database.SqlSession;
import dev.tactus.ledger.catalog.PlanPosition;
import dev.tactus.ledger.codec.IsrcNumber;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The slices of one run, looked up once.
final class RunSlices {
    private final String runId;
    private final Map<Key, Long> numbers = new HashMap<>();

    RunSlices(SqlSession session, String runId) {
        this.runId = runId;
        of(session, runId).forEach(slice -> numbers.put(new Key(slice.dataset(), slice.day()), slice.number()));
    }

    private record Key(Dataset dataset, LocalDate day) {}

    static List<Slice> of(SqlSession session, String runId) {
        return session.list("SELECT number, dataset, day FROM slice WHERE run = ? ORDER BY number", Slice::of, runId);
    }

    /// Its number, whether it was there or not.
    static long create(SqlSession session, String runId, Dataset dataset, LocalDate day) {
        session.update(
                "INSERT INTO slice (run, dataset, day, planned) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING",
                runId,
                dataset.label(),
                day);
        return new RunSlices(session, runId).number(dataset, day);
    }

    /// Notes that items of a run have changed.
    static void changed(SqlSession session, String runId) {
        session.update("UPDATE run SET change = change + 1 WHERE id = ?", runId);
    }

    /// Counts items that were just planned.
    static int grown(SqlSession session, long slice, long added) {
        session.update("UPDATE slice SET planned = planned + ? WHERE number = ?", added, slice);
        return Math.toIntExact(added);
    }

    /// Where an item stands in the order of its slice.
    static PlanPosition place(SqlSession session, long slice, Isrc isrc) {
        return session.first(
                        "SELECT order_key, recording FROM item WHERE slice = ? AND recording = ?",
                        row -> new PlanPosition(row.number("order_key"), row.number("recording")),
                        slice,
                        IsrcNumber.of(isrc))
                .orElseThrow(() -> new IllegalArgumentException(isrc + " is not planned, so no page can follow it"));
    }

    /// The same in the order of its run, which is one for all slices; empty where the run has not planned it.
    static Optional<PlanPosition> placeInRun(SqlSession session, String runId, Isrc isrc) {
        return session.first(
                "SELECT i.order_key AS order_key, i.recording AS recording FROM slice s JOIN item i ON i.slice ="
                        + " s.number AND i.recording = ? WHERE s.run = ? LIMIT 1",
                row -> new PlanPosition(row.number("order_key"), row.number("recording")),
                IsrcNumber.of(isrc),
                runId);
    }

    long number(Dataset dataset, LocalDate day) {
        Long number = numbers.get(new Key(dataset, day));
        if (number == null) {
            throw new IllegalArgumentException(
                    "run " + runId + " has not planned " + dataset.label() + " on " + day + " for anything");
        }
        return number;
    }
}
