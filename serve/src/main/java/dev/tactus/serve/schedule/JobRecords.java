package dev.tactus.serve.schedule;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.serve.state.SiteState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When jobs were first seen, and each of their starts with its reason. Thread-safe.
final class JobRecords {
    private static final int KEPT = 1_000;
    private static final int LONGEST_MESSAGE = 2_000;

    private final Database database;

    JobRecords(SiteState state) {
        this.database = state.database();
    }

    /// When it was first seen, which is now if it never was.
    Instant since(String job, Instant now) {
        return database.<Instant>write(session -> {
            session.update("INSERT OR IGNORE INTO job (id, since) VALUES (?, ?)", job, now);
            return session.first("SELECT since FROM job WHERE id = ?", row -> row.instant("since"), job)
                    .orElse(now);
        });
    }

    Optional<JobStart> last(String job) {
        return database.read(session -> session.first(
                "SELECT * FROM job_start WHERE job = ? ORDER BY number DESC LIMIT 1", JobRecords::start, job));
    }

    /// The last starts of a job, the newest first.
    List<JobStart> list(String job, int most) {
        return database.read(session -> session.list(
                "SELECT * FROM job_start WHERE job = ? ORDER BY number DESC LIMIT ?", JobRecords::start, job, most));
    }

    long begin(String job, Instant due, String reason, Instant now) {
        return database.<Long>write(session -> {
            session.update(
                    "INSERT INTO job_start (job, due_at, reason, started_at, message) VALUES (?, ?, ?, ?, '')",
                    job,
                    due,
                    reason,
                    now);
            session.update(
                    "DELETE FROM job_start WHERE job = ? AND number <= (SELECT number FROM job_start WHERE job = ?"
                            + " ORDER BY number DESC LIMIT 1 OFFSET ?)",
                    job,
                    job,
                    KEPT);
            return session.number("SELECT last_insert_rowid() AS n");
        });
    }

    void end(long number, int exit, String message, Instant now) {
        String kept = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
        database.writing(session -> session.update(
                "UPDATE job_start SET ended_at = ?, exit_code = ?, message = ? WHERE number = ?",
                now,
                exit,
                kept,
                number));
    }

    private static JobStart start(Row row) {
        return new JobStart(
                row.number("number"),
                row.text("job"),
                row.instant("due_at"),
                row.text("reason"),
                row.instant("started_at"),
                row.optionalInstant("ended_at"),
                row.optionalNumber("exit_code"),
                row.text("message"));
    }
}
