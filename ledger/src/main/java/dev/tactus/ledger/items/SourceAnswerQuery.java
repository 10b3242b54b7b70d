package dev.tactus.ledger.items;

import dev.tactus.database.SqlSession;
import dev.tactus.ledger.codec.IsrcNumber;
import dev.tactus.music.Dataset;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Reads what a source came to say on a day, over all its runs, some thousand recordings at a time.
final class SourceAnswerQuery {
    static final int PAGE = 10_000;

    /// The last of the recordings of a page, answered or not: what lies between two is found by the items' keys.
    static final String END = "SELECT id FROM recording WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?";

    static final String SQL = """
        SELECT recording, state, run FROM (
          SELECT i.recording AS recording, i.state AS state, s.run AS run, row_number() OVER (
            PARTITION BY i.recording
            ORDER BY (i.publication IS NOT NULL AND i.state IN (1, 4, 5)) DESC, r.started_at DESC, r.rowid DESC
          ) AS place
          FROM run r JOIN slice s ON s.run = r.id JOIN item i ON i.slice = s.number
          WHERE r.source = ? AND s.dataset = ? AND s.day = ? AND i.recording > ? AND i.recording <= ? AND i.state <> 7
        ) AS answers
        WHERE place = 1 ORDER BY recording
        """;

    private SourceAnswerQuery() {}

    /// The page after an answer, or the first; never empty while there are more.
    static List<SourceAnswer> after(
            SqlSession session, String source, Dataset dataset, LocalDate day, Optional<SourceAnswer> last) {
        long after = last.map(answer -> IsrcNumber.of(answer.isrc())).orElse(-1L);
        while (true) {
            Optional<Long> end = session.first(END, row -> row.number("id"), after, PAGE - 1);
            List<SourceAnswer> page = session.list(
                    SQL,
                    row -> new SourceAnswer(
                            IsrcNumber.toIsrc(row.number("recording")),
                            ItemState.of(row.integer("state")),
                            row.text("run")),
                    source,
                    dataset.label(),
                    day,
                    after,
                    end.orElse(Long.MAX_VALUE));
            if (!page.isEmpty() || end.isEmpty()) {
                return page;
            }
            after = end.get();
        }
    }
}
