package dev.tactus.database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A SQLite file: one connection that writes, one thread at a time, and some that read beside it.
///
/// Thread-safe. Immutable: the file and the writer. Mutable: the idle readers, and, guarded by `writing`, how deep the
/// holder is inside transactions and whether one of them has failed.
public final class Database implements AutoCloseable {
    private static final int IDLE_READERS = 4;

    private final ConnectionFactory connections;
    private final TransactionListener listener;
    private final @Nullable SqlSession writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final Deque<SqlSession> idleReaders = new ConcurrentLinkedDeque<>();
    private int depth;
    private boolean failed;

    private Database(ConnectionFactory connections, @Nullable SqlSession writer, TransactionListener listener) {
        this.connections = connections;
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
        SchemaMigration versions = new SchemaMigration(schema, file);
        if (!versions.check()) {
            versions.createFile();
        }
        ConnectionFactory connections = new ConnectionFactory(schema, file);
        Database database = new Database(connections, connections.writer(), listener);
        boolean opened = false;
        try {
            versions.bringUpToDate(database);
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
        SchemaMigration versions = new SchemaMigration(schema, file);
        if (!versions.check()) {
            return Optional.empty();
        }
        Database database = new Database(new ConnectionFactory(schema, file), null, TransactionListener.none());
        boolean opened = false;
        try {
            database.<Boolean>read(reader -> {
                versions.requireCurrent(reader);
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

    /// Does all of the work or none. Inside another transaction it is part of that one, which can then only fail as a
    /// whole.
    public <T extends @Nullable Object> T write(Function<SqlSession, T> work) {
        SqlSession session = writer;
        if (session == null) {
            throw new IllegalStateException("this file was opened for reading only");
        }
        writing.lock();
        try {
            return depth > 0 ? nested(session, work) : outermost(session, work);
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

    /// Reads what is committed at one moment, and inside a transaction also what that has written.
    public <T extends @Nullable Object> T read(Function<SqlSession, T> work) {
        SqlSession inTransaction = writer;
        if (inTransaction != null && writing.isHeldByCurrentThread()) {
            return work.apply(inTransaction);
        }
        SqlSession idle = idleReaders.pollFirst();
        SqlSession reader = idle == null ? connections.reader() : idle;
        try {
            return atOneMoment(reader, work);
        } finally {
            if (idleReaders.size() < IDLE_READERS) {
                idleReaders.addFirst(reader);
            } else {
                reader.close();
            }
        }
    }

    /// What SQLite finds wrong with the file when it reads all of it; nothing where it is sound.
    public List<String> faults() {
        return this.<List<String>>read(
                        session -> session.list("PRAGMA integrity_check", row -> row.text("integrity_check")))
                .stream()
                .filter(line -> !line.equals("ok"))
                .toList();
    }

    /// Changes a setting that can't be changed inside a transaction.
    public void pragma(String setting) {
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

    /// Copies what is committed into a new file, without what has been deleted.
    ///
    /// @param copy must not be there yet
    public void copyTo(Path copy) {
        SqlSession session = writer;
        if (session == null) {
            throw new IllegalStateException("this file was opened for reading only");
        }
        writing.lock();
        try {
            session.execute("VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        for (SqlSession reader = idleReaders.pollFirst(); reader != null; reader = idleReaders.pollFirst()) {
            reader.close();
        }
        if (writer != null) {
            writing.lock();
            try {
                writer.close();
            } finally {
                writing.unlock();
            }
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

    private <T extends @Nullable Object> T outermost(SqlSession session, Function<SqlSession, T> work) {
        session.begin();
        depth = 1;
        failed = false;
        boolean committed = false;
        try {
            T result = work.apply(session);
            if (failed) {
                throw new IllegalStateException("a part of this transaction has failed, so nothing of it can be kept");
            }
            listener.commitDue(connections.file());
            session.commit();
            committed = true;
            listener.committed(connections.file());
            return result;
        } catch (IOException e) {
            throw connections.unavailable(e);
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
