package dev.tactus.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/// Opens connections to a file, each with the settings that make a commit durable and a crash harmless.
final class ConnectionFactory {
    private static final int BUSY_TIMEOUT_MS = 30_000;
    private static final int WRITER_CACHE_KIB = 16 * 1024;
    private static final int READER_CACHE_KIB = 4 * 1024;
    private static final int KEPT_WAL_BYTES = 64 * 1024 * 1024;

    private final Path file;
    private final SqlDialect dialect;

    ConnectionFactory(SqlDialect dialect, Path file) {
        this.file = file;
        this.dialect = dialect;
    }

    /// A connection that writes, and creates the file where there is none.
    SqlSession writer() {
        SQLiteConfig config = config(WRITER_CACHE_KIB);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setJournalSizeLimit(KEPT_WAL_BYTES);
        return open(config, "");
    }

    SqlSession reader() {
        SQLiteConfig config = config(READER_CACHE_KIB);
        config.setReadOnly(true);
        return open(config, isFrozen() ? "?immutable=1" : "");
    }

    private static SQLiteConfig config(int cacheKib) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        // negative: KiB in place of pages
        config.setCacheSize(-cacheKib);
        return config;
    }

    /// A reader needs SQLite's shared-memory file beside the database. Where nobody has it open and it can't be made,
    /// nobody can write either, and the file may be read as it is.
    private boolean isFrozen() {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && !Files.isWritable(folder) && !Files.exists(DatabaseHeader.wal(file));
    }

    private SqlSession open(SQLiteConfig config, String parameters) {
        try {
            // a file: URI, in which SQLite takes % and ? for its own
            String path = file.toAbsolutePath().toUri().getRawPath();
            Connection connection = config.createConnection("jdbc:sqlite:file:" + path + parameters);
            return new SqlSession(connection, dialect);
        } catch (SQLException e) {
            throw dialect.failure(e);
        }
    }
}
