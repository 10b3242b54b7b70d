package dev.tactus.database;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The right to work on a schema of a server: advisory locks of a session of its own, which the server releases when
/// that session ends, however it does.
///
/// One of them is for whoever is alone or beside workers, the other for workers: they share it, and whoever wants to be
/// alone takes it whole. A session may end without its process: the server was restarted, a network was cut. So each
/// holder has a number, higher than all before, and writes only while that is the last one (see
/// [PostgresDialect#begun]); a worker writes until somebody was alone.
///
/// A process may also stand still while its session lives. So a holder says that it lives every few seconds, by the
/// server's clock; of one that has not for long, the session is ended by whoever comes next.
final class DatabaseServerLock implements DatabaseLock {
    private static final Duration SAYS_SO = Duration.ofSeconds(5);
    private static final Duration STANDS_STILL = Duration.ofSeconds(
            Long.getLong("tactus.lock.seconds", Duration.ofSeconds(60).toSeconds()));
    private static final String TAKE =
            "SELECT CASE WHEN pg_try_advisory_lock(CAST(? AS integer), CAST(? AS integer)) THEN 1 ELSE 0 END AS n";
    private static final String SHARE = "SELECT CASE WHEN pg_try_advisory_lock_shared(CAST(? AS integer), CAST(? AS"
            + " integer)) THEN 1 ELSE 0 END AS n";

    /// Ends the session of a holder that has not said for long that it lives.
    private static final String END_STILL = """
        SELECT count(*) AS n FROM (
          SELECT pg_terminate_backend(CAST(backend AS integer)) AS ended FROM database_lock
          WHERE backend <> 0 AND seen_at < CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint) - ?) AS still
        WHERE ended
        """;

    private static final Pattern NAME = Pattern.compile("^(.*) (\\d+)@(.*)$");
    private static final String WORKERS = """
        SELECT a.application_name AS name, CAST(extract(epoch FROM a.backend_start) * 1000000 AS bigint) AS since
        FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.classid = CAST(CAST(? AS bigint) AS oid)
          AND l.objid = CAST(CAST(? AS bigint) AS oid)
        ORDER BY 2 LIMIT 1
        """;

    /// By what number a process holds the lock.
    ///
    /// @param column that of the table which has the last one
    record Held(String column, long number) {
        static final Held NOTHING = new Held("number", 0);

        long last(SqlSession session) {
            // a worker begins at 0, when nobody was ever alone
            return session.number("SELECT " + column + " + 1 AS n FROM database_lock");
        }

        static Held now(String column, SqlSession session) {
            return new Held(column, new Held(column, 0).last(session));
        }
    }

    private final PostgresDialect dialect;
    private final SqlSession session;
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean released;

    private DatabaseServerLock(PostgresDialect dialect, SqlSession session) {
        this.dialect = dialect;
        this.session = session;
    }

    static DatabaseServerLock take(
            PostgresDialect dialect, DatabaseSchema schema, DatabaseLock.Kind kind, DatabaseLock.Holder self) {
        SqlSession session = dialect.writer();
        boolean taken = false;
        try {
            DatabaseServerLock lock = new DatabaseServerLock(dialect, session);
            dialect.holds(lock.take(schema, kind, self));
            taken = true;
            if (kind != DatabaseLock.Kind.WORKER) {
                Thread.ofPlatform().daemon().name("tactus-lock").start(lock::saySo);
            }
            return lock;
        } finally {
            if (!taken) {
                session.close();
            }
        }
    }

    private Held take(DatabaseSchema schema, DatabaseLock.Kind kind, DatabaseLock.Holder self) {
        session.name(self.command() + " " + self.pid() + "@" + self.host());
        if (kind != DatabaseLock.Kind.WORKER && !taken(TAKE, PostgresDialect.PROCESS_LOCK)) {
            if (session.number(END_STILL, STANDS_STILL.toNanos() / 1000) == 0 || !waited()) {
                throw new DatabaseLocked(schema, dialect.address(), holder());
            }
        }
        boolean beside = kind == DatabaseLock.Kind.ALONE
                ? taken(TAKE, PostgresDialect.WORK_LOCK)
                : taken(SHARE, PostgresDialect.WORK_LOCK);
        if (!beside) {
            throw new DatabaseLocked(schema, dialect.address(), kind == DatabaseLock.Kind.ALONE ? worker() : holder());
        }
        return kind == DatabaseLock.Kind.WORKER ? Held.now("alone", session) : number(kind, self);
    }

    private boolean taken(String how, int lock) {
        return session.number(how, lock, dialect.schemaKey()) == 1;
    }

    /// The session that is being ended gives its locks up a moment later.
    private boolean waited() {
        for (int attempt = 0; attempt < 50; attempt++) {
            if (taken(TAKE, PostgresDialect.PROCESS_LOCK)) {
                return true;
            }
            session.first("SELECT 1 FROM (SELECT pg_sleep(0.1)) AS slept", _ -> true);
        }
        return false;
    }

    /// Notes who holds it, while nobody writes.
    private Held number(DatabaseLock.Kind kind, DatabaseLock.Holder self) {
        session.begin();
        boolean noted = false;
        try {
            dialect.waitToWrite(session);
            session.update(
                    "UPDATE database_lock SET number = number + 1, alone = alone + ?, pid = ?, host = ?, command = ?,"
                            + " since = ?, backend = pg_backend_pid(), seen_at = " + session.now(),
                    kind == DatabaseLock.Kind.ALONE ? 1 : 0,
                    self.pid(),
                    self.host(),
                    self.command(),
                    self.since());
            Held held = Held.now("number", session);
            session.commit();
            noted = true;
            return held;
        } finally {
            if (!noted) {
                session.rollback();
            }
        }
    }

    private void saySo() {
        try {
            while (!over.await(SAYS_SO.toMillis(), TimeUnit.MILLISECONDS)) {
                synchronized (this) {
                    if (!released) {
                        session.update("UPDATE database_lock SET seen_at = " + session.now()
                                + " WHERE backend = pg_backend_pid()");
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DatabaseFailure e) {
            // the session has ended; the next transaction tells whether somebody else was faster
        }
    }

    private Optional<DatabaseLock.Holder> holder() {
        return session.first(
                "SELECT pid, host, command, since FROM database_lock WHERE number > 0",
                row -> new DatabaseLock.Holder(
                        row.number("pid"), row.text("command"), row.text("host"), row.instant("since")));
    }

    /// A worker that keeps out whoever wants to be alone: what its session is called.
    private Optional<DatabaseLock.Holder> worker() {
        return session.first(
                WORKERS,
                row -> {
                    Matcher name = NAME.matcher(row.text("name"));
                    return name.find()
                            ? new DatabaseLock.Holder(
                                    Long.parseLong(name.group(2)), name.group(1), name.group(3), row.instant("since"))
                            : new DatabaseLock.Holder(0, row.text("name"), "", row.instant("since"));
                },
                PostgresDialect.WORK_LOCK,
                dialect.schemaKey());
    }

    @Override
    public void close() {
        over.countDown();
        synchronized (this) {
            if (!released) {
                released = true;
                dialect.holds(Held.NOTHING);
                session.close();
            }
        }
    }
}
