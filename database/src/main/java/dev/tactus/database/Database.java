package dev.tactus.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A database: one connection that writes, one thread at a time, and some that read beside it. Whatever else writes to
/// the same database, in this process or another, waits for the end of a transaction.
///
/// Thread-safe. Immutable: the dialect and the writer. Mutable: the idle readers, and, guarded by `writing`, how deep
/// the
/// holder is inside transactions and whether one of them has failed.
public final class Database implements AutoCloseable {
    private static final int IDLE_READERS = 4;

    private final SqlDialect dialect;
    private final TransactionListener listener;
    private @Nullable SqlSession writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock coordinating = new ReentrantLock();
    private @Nullable SqlSession coordinator;
    private final AtomicReference<Consumer<SqlSession>> fence = new AtomicReference<>(_ -> {});
    private final AtomicReference<Ending> ending = new AtomicReference<>(new Ending(Set.of(), _ -> {}));
    private final Deque<SqlSession> idleReaders = new ConcurrentLinkedDeque<>();
    private int depth;
    private boolean failed;

    private Database(SqlDialect dialect, @Nullable SqlSession writer, TransactionListener listener) {
        this.dialect = dialect;
        this.listener = listener;
        this.writer = writer;
    }

    /// Opens a file for reading and writing, creates it where there is none, and brings an older one up to date.
    ///
    /// @throws DatabaseFailure when that can't be done; the file is then as it was
    public static Database open(DatabaseSchema schema, Path file) {
        return open(schema, file, TransactionListener.none());
    }

    /// The same, told of each transaction.
    public static Database open(DatabaseSchema schema, Path file, TransactionListener listener) {
        return open(schema, DatabaseAddress.of(file), listener);
    }

    /// The same, wherever it is. On a server the tables are made, not the database.
    public static Database open(DatabaseSchema schema, DatabaseAddress address, TransactionListener listener) {
        SqlDialect dialect = dialect(schema, address);
        if (!dialect.check()) {
            dialect.create();
        }
        Database database = new Database(dialect, dialect.writer(), listener);
        boolean opened = false;
        try {
            dialect.bringUpToDate(database);
            opened = true;
            return database;
        } finally {
            if (!opened) {
                database.close();
            }
        }
    }

    /// Opens a file for reading only; empty where there is none.
    ///
    /// @throws DatabaseFailure when what is there can't be read; it is then as it was
    public static Optional<Database> openForReading(DatabaseSchema schema, Path file) {
        return openForReading(schema, DatabaseAddress.of(file));
    }

    /// The same, wherever it is.
    public static Optional<Database> openForReading(DatabaseSchema schema, DatabaseAddress address) {
        SqlDialect dialect = dialect(schema, address);
        if (!dialect.check()) {
            return Optional.empty();
        }
        Database database = new Database(dialect, null, TransactionListener.none());
        boolean opened = false;
        try {
            database.<Boolean>read(reader -> {
                dialect.requireCurrent(reader);
                return true;
            });
            opened = true;
            return Optional.of(database);
        } finally {
            if (!opened) {
                database.close();
            }
        }
    }

    /// Whether there is one.
    ///
    /// @throws DatabaseFailure when what is there can't be read
    public static boolean exists(DatabaseSchema schema, DatabaseAddress address) {
        return switch (address) {
            case DatabaseAddress.SqliteFile(Path file) -> Files.exists(file);
            case DatabaseAddress.PostgresUrl url -> new PostgresDialect(schema, url).check();
        };
    }

    /// What a person wants to know of a place beside its address.
    ///
    /// @throws DatabaseFailure if it can't be used
    public static String about(DatabaseSchema schema, DatabaseAddress address) {
        return dialect(schema, address).about();
    }

    private static SqlDialect dialect(DatabaseSchema schema, DatabaseAddress address) {
        return switch (address) {
            case DatabaseAddress.SqliteFile(Path file) -> new SqliteDialect(schema, file);
            case DatabaseAddress.PostgresUrl url -> new PostgresDialect(schema, url);
        };
    }

    /// Takes the lock. On a server, whoever has lost it can't write any more as soon as somebody else has it.
    ///
    /// @param kind beside whom this process will work
    /// @param command what this process does, told to whoever finds it held
    /// @throws DatabaseLocked when somebody else has it
    public DatabaseLock lock(DatabaseLock.Kind kind, String command, Instant since) {
        return dialect.lock(kind, command, since);
    }

    /// The same for whoever is alone.
    public DatabaseLock lock(String command, Instant since) {
        return lock(DatabaseLock.Kind.ALONE, command, since);
    }

    public DatabaseAddress address() {
        return dialect.address();
    }

    /// A text that differs once anything was committed; the same always where the database is a file, which shows it.
    public String mark() {
        return read(dialect::mark);
    }

    /// What it is on, such as `SQLite`.
    public String product() {
        return dialect.product();
    }

    /// Does all of the work or none. Inside another transaction it is part of that one, which can then only fail as a
    /// whole.
    public <T extends @Nullable Object> T write(Function<SqlSession, T> work) {
        SqlSession session = writer;
        if (session == null) {
            throw new IllegalStateException("it was opened for reading only");
        }
        writing.lock();
        try {
            return depth > 0 ? nested(session, work) : outermost(connected(session), work);
        } finally {
            writing.unlock();
        }
    }

    /// The same for work without a result.
    public void writing(Consumer<SqlSession> work) {
        this.<@Nullable Void>write(session -> {
            work.accept(session);
            return null;
        });
    }

    /// Does short work beside other writers, on a connection of its own that stays: what processes agree on.
    /// Each statement has to say by its conditions what it relies on. A file has one writer all the same.
    public <T extends @Nullable Object> T coordinate(Function<SqlSession, T> work) {
        if (!dialect.manyWrite()) {
            return write(work);
        }
        coordinating.lock();
        try {
            SqlSession session = coordinator;
            if (session == null || session.isBroken()) {
                if (session != null) {
                    session.close();
                }
                session = dialect.writer();
                coordinator = session;
            }
            return atOneMoment(session, work);
        } finally {
            coordinating.unlock();
        }
    }

    /// From now on every transaction that writes begins with this; what it throws keeps anything from being written.
    public void fence(Consumer<SqlSession> check) {
        fence.set(check);
    }

    /// What transactions end with.
    ///
    /// @param but tables whose rows may change without it
    private record Ending(Set<String> but, Consumer<SqlSession> note) {}

    /// From now on every transaction that has changed rows ends with this note.
    ///
    /// @param but tables whose rows may change without it
    public void noteChanges(Set<String> but, Consumer<SqlSession> note) {
        ending.set(new Ending(Set.copyOf(but), note));
    }

    /// Reads what is committed at one moment, and inside a transaction also what that has written.
    public <T extends @Nullable Object> T read(Function<SqlSession, T> work) {
        SqlSession inTransaction = writer;
        if (inTransaction != null && writing.isHeldByCurrentThread()) {
            return work.apply(inTransaction);
        }
        SqlSession idle = idleReaders.pollFirst();
        SqlSession reader = idle == null ? dialect.reader() : idle;
        try {
            return atOneMoment(reader, work);
        } finally {
            if (idleReaders.size() < IDLE_READERS && !reader.isBroken()) {
                idleReaders.addFirst(reader);
            } else {
                reader.close();
            }
        }
    }

    /// What is wrong with it when all of it is read; nothing where it is sound.
    public List<String> faults() {
        return dialect.faults(this);
    }

    /// Refuses to go on where pages of a file are damaged, also those that nothing reads; much faster than [#faults].
    ///
    /// @param mostBytes a larger file is not looked at
    /// @throws DatabaseUnavailable if they are
    public void requireSound(long mostBytes) {
        dialect.requireSound(this, mostBytes);
    }

    /// Changes a setting that can't be changed inside a transaction.
    void pragma(String setting) {
        SqlSession session = writer;
        if (session != null) {
            writing.lock();
            try {
                session.execute("PRAGMA " + setting);
            } finally {
                writing.unlock();
            }
        }
    }

    /// Copies what is committed in a SQLite file into a new one, without what has been deleted.
    ///
    /// @param copy must not be there yet
    public void copyTo(Path copy) {
        if (writer == null) {
            throw new IllegalStateException("it was opened for reading only");
        }
        writing.lock();
        // of its own: on one in which a query was not read to its end this is refused
        try (SqlSession own = dialect.writer()) {
            own.execute("VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        closeReaders();
        closeCoordinator();
        if (writer != null) {
            writing.lock();
            try {
                writer.close();
            } finally {
                writing.unlock();
            }
        }
    }

    private void closeCoordinator() {
        coordinating.lock();
        try {
            if (coordinator != null) {
                coordinator.close();
                coordinator = null;
            }
        } finally {
            coordinating.unlock();
        }
    }

    private void closeReaders() {
        for (SqlSession reader = idleReaders.pollFirst(); reader != null; reader = idleReaders.pollFirst()) {
            reader.close();
        }
    }

    /// One reading transaction around all queries: they agree with one another, and the file is locked once for all.
    private static <T extends @Nullable Object> T atOneMoment(SqlSession reader, Function<SqlSession, T> work) {
        reader.begin();
        boolean read = false;
        try {
            T result = work.apply(reader);
            reader.commit();
            read = true;
            return result;
        } finally {
            if (!read) {
                reader.rollback();
            }
        }
    }

    /// A connection that a server has ended is replaced, once what was under way in it has failed.
    private SqlSession connected(SqlSession session) {
        if (!session.isBroken()) {
            return session;
        }
        session.close();
        closeReaders();
        SqlSession next = dialect.writer();
        writer = next;
        return next;
    }

    private <T extends @Nullable Object> T outermost(SqlSession session, Function<SqlSession, T> work) {
        session.begin();
        depth = 1;
        failed = false;
        boolean committed = false;
        try {
            dialect.begun(session);
            fence.get().accept(session);
            T result = work.apply(session);
            if (failed) {
                throw new IllegalStateException("a part of this transaction has failed, so nothing of it can be kept");
            }
            if (!ending.get().but().containsAll(session.changed())) {
                ending.get().note().accept(session);
            }
            listener.commitDue(dialect.address());
            session.commit();
            committed = true;
            listener.committed(dialect.address());
            return result;
        } catch (IOException e) {
            throw dialect.unavailable(e);
        } finally {
            depth = 0;
            if (!committed) {
                session.rollback();
            }
        }
    }

    private <T extends @Nullable Object> T nested(SqlSession session, Function<SqlSession, T> work) {
        depth++;
        boolean done = false;
        try {
            T result = work.apply(session);
            done = true;
            return result;
        } finally {
            depth--;
            failed |= !done;
        }
    }
}
