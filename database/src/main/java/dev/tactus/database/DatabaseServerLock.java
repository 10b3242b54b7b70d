package dev.tactus.database;

import java.util.Optional;

/// The right to work on a schema of a server: an advisory lock of a session of its own, which the server releases when
/// that session ends, however it does.
///
/// A session may end without its process: the server was restarted, a network was cut. So each holder has a number,
/// higher than all before, and writes only while that is the last one (see [PostgresDialect#begun]).
final class DatabaseServerLock implements DatabaseLock {
    private static final String TAKE =
            "SELECT CASE WHEN pg_try_advisory_lock(CAST(? AS integer), CAST(? AS integer)) THEN 1 ELSE 0 END AS n";

    private final PostgresDialect dialect;
    private final SqlSession session;
    private boolean released;

    private DatabaseServerLock(PostgresDialect dialect, SqlSession session) {
        this.dialect = dialect;
        this.session = session;
    }

    static DatabaseServerLock take(PostgresDialect dialect, DatabaseSchema schema, DatabaseLock.Holder self) {
        SqlSession session = dialect.writer();
        boolean taken = false;
        try {
            if (session.number(TAKE, PostgresDialect.PROCESS_LOCK, dialect.schemaKey()) == 0) {
                throw new DatabaseLocked(schema, dialect.address(), holder(session));
            }
            dialect.holds(number(dialect, session, self));
            taken = true;
            return new DatabaseServerLock(dialect, session);
        } finally {
            if (!taken) {
                session.close();
            }
        }
    }

    /// Notes who holds it, while nobody writes.
    private static long number(PostgresDialect dialect, SqlSession session, DatabaseLock.Holder self) {
        session.begin();
        boolean noted = false;
        try {
            dialect.waitToWrite(session);
            session.update(
                    "UPDATE database_lock SET number = number + 1, pid = ?, host = ?, command = ?, since = ?",
                    self.pid(),
                    self.host(),
                    self.command(),
                    self.since());
            long number = session.number("SELECT number AS n FROM database_lock");
            session.commit();
            noted = true;
            return number;
        } finally {
            if (!noted) {
                session.rollback();
            }
        }
    }

    private static Optional<DatabaseLock.Holder> holder(SqlSession session) {
        return session.first(
                "SELECT pid, host, command, since FROM database_lock WHERE number > 0",
                row -> new DatabaseLock.Holder(
                        row.number("pid"), row.text("command"), row.text("host"), row.instant("since")));
    }

    @Override
    public void close() {
        if (!released) {
            released = true;
            dialect.holdsNothing();
            session.close();
        }
    }
}
