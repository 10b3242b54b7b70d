package dev.tactus.ledger.work;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The processes that work on runs, and whether each still lives, by the database's clock.
///
/// A worker says every second that it lives. It is taken for dead when it has not for long, or when its connection has
/// ended and it has not come back at once; after a restart of the server everybody gets the whole time again. One that
/// is taken for dead is ended by whoever wants what it has claimed, and can then write nothing any more.
public final class Workers {
    /// What a worker claims is its own for so long after it was last seen.
    public static final Duration CLAIMS_LAST = Duration.ofMillis(
            Long.getLong("tactus.worker.millis", Duration.ofSeconds(30).toMillis()));

    /// The same of a quota: nobody may call while it has no owner.
    static final Duration OWNERSHIP_LASTS = CLAIMS_LAST.dividedBy(3);

    private static final Duration COMES_BACK = Duration.ofSeconds(3);

    private final Database database;

    public Workers(Database database) {
        this.database = database;
    }

    /// Whether a worker `w` lives: a condition with two values, both how long it may be silent, in microseconds.
    static String alive(SqlSession session) {
        return "(w.ended_at IS NULL AND (w.seen_at > " + session.now() + " - ? OR " + session.startedAt() + " > "
                + session.now() + " - ?) AND (w.session IN (" + session.sessions() + ") OR w.seen_at < "
                + session.startedAt() + " OR w.seen_at > " + session.now() + " - " + micros(COMES_BACK) + "))";
    }

    static long micros(Duration time) {
        return time.toNanos() / 1000;
    }

    /// Begins as a worker.
    public Worker begin(String command) {
        return database.coordinate(session -> session.first(
                        "INSERT INTO worker (host, pid, command, since, seen_at, session) VALUES (?, ?, ?, "
                                + session.now() + ", " + session.now() + ", " + session.session() + ") RETURNING *",
                        row -> worker(row, 0, ""),
                        host(),
                        ProcessHandle.current().pid(),
                        command)
                .orElseThrow());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "this host";
        }
    }

    /// Says that it lives.
    ///
    /// @return the database's time
    /// @throws LeaseLost if it was taken for dead
    public Instant say(long number) {
        return database.coordinate(session -> session.first(
                        "UPDATE worker SET seen_at = " + session.now() + ", session = " + session.session()
                                + " WHERE number = ? AND ended_at IS NULL RETURNING seen_at",
                        row -> row.instant("seen_at"),
                        number)
                .orElseThrow(() -> new LeaseLost(number)));
    }

    /// From now on this process writes nothing once it was taken for dead, whatever it writes.
    public void fence(long number) {
        database.fence(session -> {
            if (session.first("SELECT 1 FROM worker WHERE number = ? AND ended_at IS NULL", _ -> true, number)
                    .isEmpty()) {
                throw new LeaseLost(number);
            }
        });
    }

    /// Ends it: what it has claimed is free.
    public void end(long number) {
        database.fence(_ -> {});
        endAnother(number);
    }

    /// Ends one that this process was before it began anew; where the ledger was away it could not say so itself.
    public void endAnother(long number) {
        database.coordinate(session -> session.update(
                "UPDATE worker SET ended_at = " + session.now() + " WHERE number = ? AND ended_at IS NULL", number));
    }

    /// Ends those that are dead, so that they can write nothing any more and what they have claimed is free.
    public List<Worker> endDead() {
        boolean any = database.<Boolean>coordinate(session -> session.number(
                        "SELECT count(*) AS n FROM worker w WHERE w.ended_at IS NULL AND NOT " + alive(session),
                        micros(CLAIMS_LAST),
                        micros(CLAIMS_LAST))
                > 0);
        if (!any) {
            return List.of();
        }
        // nobody else records anything meanwhile
        return database.write(session -> session.list(
                "UPDATE worker AS w SET ended_at = " + session.now() + " WHERE w.ended_at IS NULL AND NOT "
                        + alive(session) + " RETURNING *",
                row -> worker(row, 0, ""),
                micros(CLAIMS_LAST),
                micros(CLAIMS_LAST)));
    }

    /// Those that live, in the order in which they began.
    public List<Worker> list() {
        return database.read(session -> session.list(
                "SELECT w.*, (SELECT count(*) FROM run_page p WHERE p.worker = w.number) AS pages,"
                        + " (SELECT min(q.credential) FROM quota q WHERE q.worker = w.number) AS quota"
                        + " FROM worker w WHERE " + alive(session) + " ORDER BY w.number",
                row -> worker(
                        row, row.number("pages"), row.optionalText("quota").orElse("")),
                micros(CLAIMS_LAST),
                micros(CLAIMS_LAST)));
    }

    private static Worker worker(Row row, long pages, String quota) {
        return new Worker(
                row.number("number"),
                row.number("pid"),
                row.text("host"),
                row.text("command"),
                row.instant("since"),
                row.instant("seen_at"),
                pages,
                quota);
    }
}
