package dev.tactus.ledger.items;

import dev.tactus.database.SqlSession;
import dev.tactus.ledger.catalog.PlanPosition;
import dev.tactus.ledger.codec.IsrcNumber;
import dev.tactus.music.identifiers.Isrc;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the open items of some recordings, in all slices of a run.
///
/// Recordings that are asked for together stand together in the plan, so that a slice is looked through once, between
/// the first of them and the last: a backfill of a year has hundreds of slices, and a select for each recording in each
/// of them would be tens of millions.
final class OpenItemQuery {
    static final String SQL = """
        SELECT recording FROM item
        WHERE slice = ? AND state IN (0, 6) AND (order_key, recording) >= (?, ?) AND (order_key, recording) <= (?, ?)
        ORDER BY order_key, recording
        """;

    private OpenItemQuery() {}

    /// Recordings without an open item are left out; of the others the order stays.
    static Map<Isrc, List<OpenItem>> of(SqlSession session, String runId, Collection<Isrc> isrcs) {
        Map<Long, List<OpenItem>> open = new LinkedHashMap<>();
        List<PlanPosition> places = new ArrayList<>();
        for (Isrc isrc : isrcs) {
            RunSlices.placeInRun(session, runId, isrc).ifPresent(places::add);
            open.put(IsrcNumber.of(isrc), new ArrayList<>());
        }
        if (!places.isEmpty()) {
            places.sort(Comparator.comparingLong(PlanPosition::key).thenComparingLong(PlanPosition::recording));
            for (Slice slice : RunSlices.of(session, runId)) {
                OpenItem item = new OpenItem(slice.dataset(), slice.day());
                for (long recording : between(session, slice, places.getFirst(), places.getLast())) {
                    List<OpenItem> items = open.get(recording);
                    if (items != null) {
                        items.add(item);
                    }
                }
            }
        }
        Map<Isrc, List<OpenItem>> found = new LinkedHashMap<>();
        open.forEach((recording, items) -> {
            if (!items.isEmpty()) {
                found.put(IsrcNumber.toIsrc(recording), items);
            }
        });
        return found;
    }

    private static List<Long> between(SqlSession session, Slice slice, PlanPosition first, PlanPosition last) {
        return session.list(
                SQL,
                row -> row.number("recording"),
                slice.number(),
                first.key(),
                first.recording(),
                last.key(),
                last.recording());
    }
}
