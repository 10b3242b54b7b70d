package dev.tactus.ledger.items;

import dev.tactus.database.Database;
import dev.tactus.database.SqlSession;
import dev.tactus.ledger.catalog.Freshness;
import dev.tactus.ledger.catalog.Recordings;
import dev.tactus.ledger.runs.Run;
import dev.tactus.music.Dataset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/// What earlier runs have the answers to, so that it need not be asked again.
///
/// An answer is an item that is published and landed, was not found, or waits for a report. A dead letter is none.
public final class AnsweredItems {
    private static final String ANSWERED = "(1, 2, 4, 5)";

    private static final String SKIP = """
        UPDATE item SET state = 7, not_before = NULL, publication = NULL, reason = CASE (
            SELECT p.state FROM item p WHERE p.slice = ? AND p.recording = item.recording)
          WHEN 1 THEN 'landed' WHEN 2 THEN 'not_found' WHEN 4 THEN 'fell_back' ELSE 'awaiting_report' END
        WHERE slice = ? AND state IN (0, 6) AND EXISTS (
          SELECT 1 FROM item p
          WHERE p.slice = ? AND p.recording = item.recording AND p.publication IS NOT NULL AND p.state IN %s)
        """.formatted(ANSWERED);

    private static final String COUNT = """
        SELECT count(*) AS n FROM recording r WHERE r.generation = %s AND EXISTS (
          SELECT 1 FROM run n JOIN slice s ON s.run = n.id CROSS JOIN item p
          WHERE p.slice = s.number AND p.recording = r.id AND n.source = ? AND s.dataset = ? AND s.day = ? AND n.started_at >= ? AND p.publication IS NOT NULL
            AND p.state IN %s)
        """.formatted(Recordings.GENERATION, ANSWERED);

    private static final String RECENT = """
        EXISTS (
          SELECT 1 FROM run n JOIN slice s ON s.run = n.id CROSS JOIN item p
          WHERE p.slice = s.number AND p.recording = %s AND n.source = ? AND s.dataset = ? AND n.id <> ? AND n.started_at >= ? AND n.started_at >= %s
            AND p.publication IS NOT NULL AND p.state = 1)
        """;

    private static final String SKIP_RECENT =
            """
                UPDATE item SET state = 7, not_before = NULL, publication = NULL, reason = 'landed'
                WHERE slice = ? AND state IN (0, 6) AND
                """ + RECENT.formatted("item.recording", Freshness.DUE.formatted("item.recording"));

    private static final String COUNT_RECENT = "SELECT count(*) AS n FROM recording r WHERE r.generation = "
            + Recordings.GENERATION + " AND " + RECENT.formatted("r.id", Freshness.DUE.formatted("r.id"));

    private final Database database;

    public AnsweredItems(Database database) {
        this.database = database;
    }

    /// Takes those open items of a run off its work of which another run, begun at this time or later, has the answer:
    /// they are not due, and their reason names the state of that answer.
    ///
    /// @return how many
    public long skip(Run run, Dataset dataset, LocalDate day, Instant since) {
        return database.write(session -> {
            List<Long> answered = slices(session, run, dataset, day, since);
            if (answered.isEmpty()) {
                return 0L;
            }
            RunSlices.changed(session, run.id());
            long slice = new RunSlices(session, run.id()).number(dataset, day);
            long skipped = 0;
            for (long other : answered) {
                skipped += session.update(SKIP, other, slice, other);
            }
            return skipped;
        });
    }

    /// Takes those open items of a run off its work that have landed, for whatever day, since they were due last.
    ///
    /// @param cadence how often each is asked for again, and when
    /// @return how many
    public long skipRecent(Run run, Dataset dataset, LocalDate day, Freshness cadence) {
        return database.write(session -> {
            RunSlices.changed(session, run.id());
            return session.update(
                    SKIP_RECENT,
                    new RunSlices(session, run.id()).number(dataset, day),
                    run.source(),
                    dataset.label(),
                    run.id(),
                    cadence.now().minus(cadence.period()),
                    cadence.now(),
                    cadence.now(),
                    cadence.periodMicros(),
                    cadence.periodMicros());
        });
    }

    /// How many recordings of the catalog have landed since they were due last.
    public long countRecent(String source, Dataset dataset, Freshness cadence) {
        return database.read(session -> session.number(
                COUNT_RECENT,
                source,
                dataset.label(),
                "",
                cadence.now().minus(cadence.period()),
                cadence.now(),
                cadence.now(),
                cadence.periodMicros(),
                cadence.periodMicros()));
    }

    /// How many recordings of the catalog have an answer in a run that began at this time or later.
    public long count(String source, Dataset dataset, LocalDate day, Instant since) {
        return database.read(session -> session.number(COUNT, source, dataset.label(), day, since));
    }

    /// What the runs of a source have published and did not give up, by day.
    public List<FetchedSlice> fetched(String source) {
        String sql = """
            SELECT s.dataset AS dataset, s.day AS day, r.started_at AS at FROM run r JOIN slice s ON s.run = r.id
            WHERE r.source = ? AND r.state IN ('FINISHED', 'INCOMPLETE')
            ORDER BY s.day, at
            """;
        return database.read(session -> session.list(
                sql,
                row -> new FetchedSlice(Dataset.parse(row.text("dataset")), row.day("day"), row.instant("at")),
                source));
    }

    /// The newest first, so that an item is skipped for the newest answer.
    private static List<Long> slices(SqlSession session, Run run, Dataset dataset, LocalDate day, Instant since) {
        String sql = """
            SELECT s.number AS number FROM run r JOIN slice s ON s.run = r.id
            WHERE r.source = ? AND r.id <> ? AND s.dataset = ? AND s.day = ? AND r.started_at >= ?
            ORDER BY r.started_at DESC, r.rowid DESC
            """;
        return session.list(sql, row -> row.number("number"), run.source(), run.id(), dataset.label(), day, since);
    }

    /// The state that the reason of an item that is not due names.
    static ItemState standing(String reason) {
        return ItemState.valueOf(reason.toUpperCase(Locale.ROOT));
    }
}
