package dev.tactus.ledger.runs;

import dev.tactus.database.Database;
import java.util.List;

/// What the summary of a run says beside its counts.
public final class RunNotes {
    private final Database database;

    public RunNotes(Database database) {
        this.database = database;
    }

    /// Adds to the count of this note, which begins at zero.
    public void add(String runId, String kind, String text, long count) {
        database.writing(session -> session.update("""
            INSERT INTO run_note (run, kind, text, count) VALUES (?, ?, ?, ?)
            ON CONFLICT (run, kind, text) DO UPDATE SET count = run_note.count + excluded.count
            """, runId, kind, text, count));
    }

    /// All notes of a run, by kind, then the most frequent first.
    public List<RunNote> list(String runId) {
        return database.read(session -> session.list(
                "SELECT kind, text, count FROM run_note WHERE run = ? ORDER BY kind, count DESC, text",
                row -> new RunNote(row.text("kind"), row.text("text"), row.number("count")),
                runId));
    }
}
