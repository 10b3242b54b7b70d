package dev.tactus.ledger.publications;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The staged files that count: a file not noted here was left behind by a crash.
public final class Chunks {
    private final Database database;
    private final InstantSource clock;

    public Chunks(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Notes files that are on disk; in the transaction that records their items.
    public void note(String runId, List<ChunkFile> files) {
        String sql =
                "INSERT INTO chunk (run, table_name, path, rows, bytes, noted_at, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)";
        database.writing(session -> {
            Instant now = clock.instant();
            for (ChunkFile file : files) {
                session.update(
                        sql,
                        runId,
                        file.table(),
                        file.path(),
                        file.rows(),
                        file.bytes(),
                        now,
                        file.sha256().orElse(null));
            }
        });
    }

    /// Files of the run that no publication holds yet, in the order they were noted.
    public List<ChunkFile> unpublished(String runId) {
        return database.read(session -> session.list(
                "SELECT * FROM chunk WHERE run = ? AND publication IS NULL ORDER BY number", Chunks::file, runId));
    }

    /// The same over all runs: what a sweep has to keep.
    public List<ChunkFile> unpublished() {
        return database.read(session ->
                session.list("SELECT * FROM chunk WHERE publication IS NULL ORDER BY run, number", Chunks::file));
    }

    /// Notes that a publication holds all files of the run.
    public void markPublished(String runId, String publicationId) {
        database.writing(session -> {
            // the copy in the lake follows
            session.update("UPDATE run SET change = change + 1 WHERE id = ?", runId);
            session.update(
                    "UPDATE chunk SET publication = ? WHERE run = ? AND publication IS NULL",
                    Publications.number(session, publicationId),
                    runId);
        });
    }

    /// Forgets the unpublished files of a run that is abandoned.
    public void forget(String runId) {
        database.writing(session -> session.update("DELETE FROM chunk WHERE run = ? AND publication IS NULL", runId));
    }

    private static ChunkFile file(Row row) {
        return new ChunkFile(
                row.text("table_name"),
                row.text("path"),
                row.number("rows"),
                row.number("bytes"),
                row.optionalText("sha256"));
    }
}
