package dev.tactus.ledger;

import java.nio.file.Path;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The ledger's file: one connection that writes, one thread at a time, and some that read beside it.
///
/// Thread-safe. Immutable: the file and the writer. Mutable: the idle readers, and, guarded by `writing`, how deep the
/// holder is inside transactions and whether one of them has failed.
final class Database implements AutoCloseable {
    private static final int IDLE_READERS = 4;

    private final Connections connections;
    private final @Nullable Statements writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final Deque<Statements> idleReaders = new ConcurrentLinkedDeque<>();
    private int depth;
    private boolean failed;

    private Database(Connections connections, @Nullable Statements writer) {
        this.connections = connections;
        this.writer = writer;
    }

    /// Opens for reading and writing; creates the file where there is none.
    static Database open(Path file) {
        Connections connections = new Connections(file);
        return new Database(connections, connections.writer());
    }

    /// Opens a file that is there, for reading only.
    static Database openForReading(Path file) {
        return new Database(new Connections(file), null);
    }

    /// Does all of the work or none. Inside another transaction it is part of that one, which can then only fail as a
    /// whole.
    <T extends @Nullable Object> T write(Function<Statements, T> work) {
        Statements statements = writer;
        if (statements == null) {
            throw new IllegalStateException("this ledger was opened for reading only");
        }
        writing.lock();
        try {
            return depth > 0 ? nested(statements, work) : outermost(statements, work);
        } finally {
            writing.unlock();
        }
    }

    void writing(Consumer<Statements> work) {
        this.<@Nullable Void>write(statements -> {
            work.accept(statements);
            return null;
        });
    }

    /// Reads what is committed at one moment, and inside a transaction also what that has written.
    <T extends @Nullable Object> T read(Function<Statements, T> work) {
        Statements inTransaction = writer;
        if (inTransaction != null && writing.isHeldByCurrentThread()) {
            return work.apply(inTransaction);
        }
        Statements idle = idleReaders.pollFirst();
        Statements reader = idle == null ? connections.reader() : idle;
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

    /// Changes a setting that can't be changed inside a transaction.
    void pragma(String setting) {
        Statements statements = writer;
        if (statements != null) {
            writing.lock();
            try {
                statements.execute("PRAGMA " + setting);
            } finally {
                writing.unlock();
            }
        }
    }

    @Override
    public void close() {
        for (Statements reader = idleReaders.pollFirst(); reader != null; reader = idleReaders.pollFirst()) {
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
    private static <T extends @Nullable Object> T atOneMoment(Statements reader, Function<Statements, T> work) {
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

    private <T extends @Nullable Object> T outermost(Statements statements, Function<Statements, T> work) {
        statements.begin();
        depth = 1;
        failed = false;
        boolean committed = false;
        try {
            T result = work.apply(statements);
            if (failed) {
                throw new IllegalStateException("a part of this transaction has failed, so nothing of it can be kept");
            }
            statements.commit();
            committed = true;
            return result;
        } finally {
            depth = 0;
            if (!committed) {
                statements.rollback();
            }
        }
    }

    private <T extends @Nullable Object> T nested(Statements statements, Function<Statements, T> work) {
        depth++;
        boolean done = false;
        try {
            T result = work.apply(statements);
            done = true;
            return result;
        } finally {
            depth--;
            failed |= !done;
        }
    }
}
