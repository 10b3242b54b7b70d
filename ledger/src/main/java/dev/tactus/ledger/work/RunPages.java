package dev.tactus.ledger.work;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import dev.tactus.ledger.catalog.PlanPosition;
import dev.tactus.ledger.catalog.PlanRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The pages of the runs: each is claimed by one worker at a time, who fetches all that is due in it and then says
/// when more will be.
///
/// A page is free when nobody has claimed it, or whoever has was ended (see [Workers#endDead]).
public final class RunPages {
    private static final long FEWEST = 50;
    private static final long MOST = 1_000;
    /// So that several workers have something to do to the end.
    private static final long PAGES = 32;

    private static final String FREE =
            "NOT EXISTS (SELECT 1 FROM worker w WHERE w.number = run_page.worker AND w.ended_at IS NULL)";

    /// Where the pages before this one end.
    private static final String BEFORE = """
        (SELECT b.%s FROM run_page b WHERE b.run = run_page.run AND b.number < run_page.number ORDER BY b.number DESC LIMIT 1)
        """;

    /// When something is to be fetched in a page: 0 for at once, nothing where all has an outcome.
    private static final String DUE =
            """
        (SELECT min(due) FROM (
          SELECT (SELECT min(CASE WHEN i.state = 0 THEN 0 ELSE i.not_before END) FROM item i
            WHERE i.slice = s.number AND i.state IN (0, 6)
              AND (i.order_key, i.recording) > (coalesce(%s, %d), coalesce(%s, -1))
              AND (i.order_key, i.recording) <= (run_page.last_key, run_page.last_recording)) AS due
          FROM slice s WHERE s.run = run_page.run) AS dues)
        """.formatted(BEFORE.formatted("last_key"), Long.MIN_VALUE, BEFORE.formatted("last_recording"));

    private final Database database;

    public RunPages(Database database) {
        this.database = database;
    }

    /// Divides a run that is planned into pages, where it is not, and says anew when each that is free is due.
    ///
    /// @param batch how many recordings a request holds
    public void open(String runId, int batch) {
        database.writing(session -> {
            if (session.number("SELECT count(*) AS n FROM run_page WHERE run = ?", runId) == 0) {
                divide(session, runId, batch);
            }
            session.update("UPDATE run_page SET due = " + DUE + " WHERE run = ? AND " + FREE, runId);
        });
    }

    private static void divide(SqlSession session, String runId, int batch) {
        Optional<Long> slice = session.first(
                "SELECT number FROM slice WHERE run = ? ORDER BY planned DESC, number LIMIT 1",
                row -> row.number("number"),
                runId);
        long recordings = slice.map(number -> session.number("SELECT count(*) AS n FROM item WHERE slice = ?", number))
                .orElse(0L);
        long batches = Math.max(1, recordings / PAGES / Math.max(1, batch));
        long size = Math.clamp(batches * batch, FEWEST, MOST);
        session.update("""
                INSERT INTO run_page (run, number, last_key, last_recording)
                SELECT CAST(? AS TEXT), place / ?, order_key, recording FROM (
                  SELECT order_key, recording, row_number() OVER (ORDER BY order_key, recording) AS place
                  FROM item WHERE slice = ?) AS placed
                WHERE place % ? = 0
                """, runId, size, slice.orElse(-1L), size);
        // recordings that are planned later belong somewhere, too
        session.update(
                "INSERT INTO run_page (run, number, last_key, last_recording) VALUES (?, ?, ?, ?)",
                runId,
                recordings / size + 1,
                PlanPosition.AFTER_ALL.key(),
                PlanPosition.AFTER_ALL.recording());
    }

    /// Claims the first free page that is due; empty where there is none.
    public Optional<RunPage> claim(String runId, long worker, Instant now) {
        return database.coordinate(session -> session.first(
                        """
                        UPDATE run_page SET worker = ?, attempts = attempts + 1
                        WHERE run = ? AND number = (
                          SELECT number FROM run_page WHERE run = ? AND due <= ? AND %s ORDER BY number LIMIT 1 %s)
                        RETURNING *
                        """.formatted(FREE, session.skipLocked()), RunPages::claimed, worker, runId, runId, now)
                .map(claimed -> new RunPage(
                        runId,
                        claimed.number(),
                        new PlanRange(before(session, runId, claimed.number()), claimed.last()),
                        claimed.attempts())));
    }

    private record Claimed(long number, PlanPosition last, long attempts) {}

    private static Claimed claimed(Row row) {
        return new Claimed(
                row.number("number"),
                new PlanPosition(row.number("last_key"), row.number("last_recording")),
                row.number("attempts"));
    }

    private static PlanPosition before(SqlSession session, String runId, long number) {
        return session.first(
                        "SELECT * FROM run_page WHERE run = ? AND number < ? ORDER BY number DESC LIMIT 1",
                        row -> claimed(row).last(),
                        runId,
                        number)
                .orElse(PlanPosition.BEFORE_ALL);
    }

    /// Gives a page back whose items are recorded as far as they were fetched; when it is due again its items say.
    public void giveBack(RunPage page, long worker) {
        database.coordinate(session -> session.update(
                "UPDATE run_page SET worker = NULL, due = " + DUE + " WHERE run = ? AND number = ? AND worker = ?",
                page.runId(),
                page.number(),
                worker));
    }

    public PageCounts counts(String runId) {
        String sql = """
            SELECT count(*) AS pages, count(due) AS open, sum(CASE WHEN %1$s THEN 0 ELSE 1 END) AS claimed,
              min(CASE WHEN %1$s THEN due END) AS next_due
            FROM run_page WHERE run = ?
            """.formatted(FREE);
        return database.read(session -> session.first(
                        sql,
                        row -> new PageCounts(
                                row.number("pages"),
                                row.number("open"),
                                Optional.ofNullable(row.numberOrNull("claimed")).orElse(0L),
                                row.optionalInstant("next_due")),
                        runId)
                .orElseThrow());
    }

    /// Which worker has how many pages of a run.
    public List<PageClaim> claims(String runId) {
        String sql = """
            SELECT worker, count(*) AS pages, max(attempts) AS attempts FROM run_page
            WHERE run = ? AND worker IS NOT NULL AND NOT (%s) GROUP BY worker ORDER BY worker
            """.formatted(FREE);
        return database.read(session -> session.list(
                sql, row -> new PageClaim(row.number("worker"), row.number("pages"), row.number("attempts")), runId));
    }
}
