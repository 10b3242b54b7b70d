package dev.tactus.ledger.items;

import dev.tactus.database.SqlSession;
import dev.tactus.ledger.codec.IsrcNumber;
import java.util.List;
import java.util.Optional;

/// Reads the items of a run that no publication holds yet, slice by slice.
final class UnpublishedItemQuery {
    private static final int PAGE = 10_000;

    private static final String SQL = """
        SELECT recording, state, rows FROM item
        WHERE slice = ? AND recording > ? AND publication IS NULL AND state NOT IN (0, 6, 7)
        ORDER BY recording LIMIT ?
        """;

    private UnpublishedItemQuery() {}

    /// The page after an item, or the first; never empty while there are more.
    static List<UnpublishedItem> after(SqlSession session, String runId, Optional<UnpublishedItem> last) {
        long recording = last.map(item -> IsrcNumber.of(item.isrc())).orElse(-1L);
        boolean begun = last.isEmpty();
        for (Slice slice : RunSlices.of(session, runId)) {
            boolean holdsLast = last.filter(item ->
                            item.dataset() == slice.dataset() && item.day().equals(slice.day()))
                    .isPresent();
            if (begun || holdsLast) {
                List<UnpublishedItem> page = page(session, slice, holdsLast ? recording : -1L);
                if (!page.isEmpty()) {
                    return page;
                }
            }
            begun |= holdsLast;
        }
        return List.of();
    }

    private static List<UnpublishedItem> page(SqlSession session, Slice slice, long after) {
        return session.list(
                SQL,
                row -> new UnpublishedItem(
                        IsrcNumber.toIsrc(row.number("recording")),
                        slice.dataset(),
                        slice.day(),
                        ItemState.of(row.integer("state")),
                        row.number("rows")),
                slice.number(),
                after,
                PAGE);
    }
}
