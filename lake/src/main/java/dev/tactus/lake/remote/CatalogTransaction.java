package dev.tactus.lake.remote;

import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.LakeFiles;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several tables' commits as one transaction of the catalog's database: readers see all of them or none, and so does
/// whoever comes after a crash.
///
/// In Iceberg's JDBC catalog a table is one row that names its metadata file. The catalog has one connection; while
/// that
/// does not commit by itself, the tables' ordinary commits update their rows in one transaction. Not thread-safe.
public final class CatalogTransaction {
    private static final Logger log = LoggerFactory.getLogger(CatalogTransaction.class);

    /// Any number that nobody else locks; the letters of the name.
    private static final long TURN = 0x746163747573L;

    private final JdbcClientPool connection;
    private final LakeFiles files;
    private Optional<RemoteCatalog> served = Optional.empty();
    private boolean open;

    public CatalogTransaction(JdbcClientPool connection, LakeFiles files) {
        this.connection = connection;
        this.files = files;
    }

    /// From now on a server keeps the pointers, and the database is in memory and follows what stands beside them.
    public void follow(RemoteCatalog catalog) {
        served = Optional.of(catalog);
    }

    /// Whether somebody works in it now.
    public boolean isOpen() {
        return open;
    }

    /// Does all of the work or none; inside another transaction it is part of that one. Where it throws, only the
    /// catalog knows whether the work was kept, for the answer to a commit may be lost.
    public <T> T run(Supplier<T> work) {
        if (open) {
            return work.get();
        }
        onConnection(session -> session.setAutoCommit(false));
        served.ifPresent(RemoteCatalog::begin);
        open = true;
        boolean done = false;
        try {
            onConnection(CatalogTransaction::takeTurn);
            T result = work.get();
            files.commitDue();
            served.ifPresent(this::send);
            // what makes it commit: a statement of its own would leave the next one in a transaction that nobody ends
            onConnection(session -> session.setAutoCommit(true));
            files.committed();
            done = true;
            return result;
        } catch (IOException e) {
            throw LakeFailures.of("the catalog's database can't be written", e);
        } finally {
            open = false;
            served.ifPresent(RemoteCatalog::end);
            if (!done) {
                rollBack();
            }
        }
    }

    private void send(RemoteCatalog catalog) {
        AtomicReference<byte[]> book = new AtomicReference<>(new byte[0]);
        onConnection(session -> book.set(catalog.book(session)));
        catalog.send(book.get());
    }

    /// SQLite lets one at a time write; elsewhere those who change a lake take turns, until the transaction ends.
    private static void takeTurn(Connection session) throws SQLException {
        if (session.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            try (Statement statement = session.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(" + TURN + ")");
            }
        }
    }

    private void rollBack() {
        try {
            onConnection(session -> {
                if (!session.getAutoCommit()) {
                    try (Statement statement = session.createStatement()) {
                        statement.executeUpdate("ROLLBACK");
                    } catch (SQLException nothingWasOpen) {
                        log.debug("nothing to roll back: {}", nothingWasOpen.getMessage());
                    }
                    end(session);
                }
            });
        } catch (RuntimeException e) {
            // the failure that led here is told; a connection that is gone has rolled back
            log.warn("the catalog's transaction could not be rolled back: {}", e.getMessage());
        }
    }

    private static void end(Connection session) throws SQLException {
        try {
            session.setAutoCommit(true);
        } catch (SQLException nothingIsOpen) {
            // SQLite's driver commits here, though all was rolled back, and says that there is nothing to commit
            if (!session.getAutoCommit()) {
                throw nothingIsOpen;
            }
        }
    }

    /// Work on the catalog's connection.
    public interface SessionWork {
        void on(Connection session) throws SQLException;
    }

    /// Work on what the catalog's database says now, whoever has changed it.
    public <T> T fresh(Supplier<T> work) {
        if (served.isPresent()) {
            onConnection(session -> {});
        }
        return work.get();
    }

    /// Does it, inside a transaction if one is open.
    public void onConnection(SessionWork work) {
        try {
            connection.run(session -> {
                if (served.isPresent() && !open) {
                    served.get().follow(session);
                }
                work.on(session);
                return session;
            });
        } catch (SQLException e) {
            throw LakeFailures.of("the catalog's database does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted where an interrupt has to wait", e);
        }
    }
}
