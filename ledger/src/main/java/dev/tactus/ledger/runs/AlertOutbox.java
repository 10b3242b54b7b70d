package dev.tactus.ledger.runs;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.music.Severity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The outbox of alerts: what is in it is sent sooner or later, also after a crash.
public final class AlertOutbox {
    /// The receiver that every alert has: this ledger. Nothing is sent to it.
    private static final String LEDGER = "ledger";

    private final Database database;
    private final InstantSource clock;

    public AlertOutbox(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Puts a message into the outbox, once per run, receiver, kind and severity; a second one is dropped.
    public void enqueue(String runId, String receiver, String kind, Severity severity, String body) {
        String sql = """
            INSERT INTO alert (run, receiver, kind, severity, body, created_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (run, receiver, kind, severity) DO NOTHING
            """;
        database.writing(session -> session.update(sql, runId, receiver, kind, severity.name(), body, clock.instant()));
    }

    /// Notes an alert for whoever looks at this ledger, once per run, kind and severity, whoever else receives it.
    public void note(String runId, String kind, Severity severity, String body) {
        String sql = """
            INSERT INTO alert (run, receiver, kind, severity, body, created_at, sent_at) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (run, receiver, kind, severity) DO NOTHING
            """;
        Instant now = clock.instant();
        database.writing(session -> session.update(sql, runId, LEDGER, kind, severity.name(), body, now, now));
    }

    /// What was worth an alert, the newest first.
    ///
    /// @param most so many
    public List<ToldAlert> told(int most) {
        String sql = """
            SELECT run, kind, severity, min(body) AS body, min(created_at) AS created_at,
              sum(CASE WHEN receiver = ? THEN 0 ELSE 1 END) AS receivers,
              sum(CASE WHEN receiver = ? OR sent_at IS NULL THEN 0 ELSE 1 END) AS delivered
            FROM alert GROUP BY run, kind, severity ORDER BY min(number) DESC LIMIT ?
            """;
        return database.read(session -> session.list(sql, AlertOutbox::toldAlert, LEDGER, LEDGER, most));
    }

    /// Not yet sent and tried fewer than so many times, the oldest first.
    public List<Alert> pending(int maxAttempts) {
        return database.read(session -> session.list(
                "SELECT * FROM alert WHERE sent_at IS NULL AND attempts < ? ORDER BY number",
                AlertOutbox::alert,
                maxAttempts));
    }

    /// Notes that the receiver has it.
    public void sent(long number) {
        database.writing(session -> session.update(
                "UPDATE alert SET sent_at = ?, attempts = attempts + 1 WHERE number = ?", clock.instant(), number));
    }

    /// Notes an attempt that failed; the message stays in the outbox.
    ///
    /// @param why without secrets
    public void failed(long number, String why) {
        database.writing(session -> session.update(
                "UPDATE alert SET attempts = attempts + 1, last_error = ? WHERE number = ?", why, number));
    }

    private static ToldAlert toldAlert(Row row) {
        return new ToldAlert(
                row.text("run"),
                row.text("kind"),
                Severity.valueOf(row.text("severity")),
                row.text("body"),
                row.instant("created_at"),
                row.integer("receivers"),
                row.integer("delivered"));
    }

    private static Alert alert(Row row) {
        return new Alert(
                row.number("number"),
                row.text("run"),
                row.text("receiver"),
                row.text("kind"),
                Severity.valueOf(row.text("severity")),
                row.text("body"),
                row.integer("attempts"),
                row.instant("created_at"),
                row.text("last_error"));
    }
}
