package dev.tactus.database;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Brings a file from whatever version it has to the newest, and refuses what this program can't read.
final class SchemaMigration {
    private final DatabaseSchema schema;
    private final SqlDialect dialect;
    private final Path file;

    SchemaMigration(DatabaseSchema schema, SqlDialect dialect, Path file) {
        this.schema = schema;
        this.dialect = dialect;
        this.file = file;
    }

    /// Refuses what this program can't read, before anything opens it for writing.
    ///
    /// @return whether there is a file at all
    boolean check() {
        return switch (DatabaseHeader.inspect(schema, file)) {
            case DatabaseHeader.Absent() -> false;
            case DatabaseHeader.Foreign(String whatItIs) -> throw new ForeignFile(schema, file, whatItIs);
            case DatabaseHeader.Present(int version) -> {
                refuseNewer(version);
                // a process that was killed may have left the newest version beside the file
                if (Files.exists(DatabaseHeader.wal(file))) {
                    try (SqlSession reader = dialect.reader()) {
                        refuseNewer(version(reader));
                    }
                }
                yield true;
            }
        };
    }

    /// Refuses an older version, which a reader can't bring up to date.
    void requireCurrent(SqlSession reader) {
        long version = version(reader);
        if (version < schema.version()) {
            throw new DatabaseUnavailable(schema.name() + " " + file + " has version " + version
                    + ", this program reads version " + schema.version()
                    + ". The next command that writes to it brings it up to date; nothing was touched.");
        }
    }

    /// Creates the tables, or brings them up to date, all or nothing, then turns the write-ahead log on.
    void bringUpToDate(Database database) {
        database.writing(session -> {
            for (int version = Math.toIntExact(version(session)); version < schema.version(); version++) {
                session.execute(schema.migrations().get(version));
                session.execute("PRAGMA user_version = " + (version + 1));
            }
        });
        database.pragma("journal_mode = WAL");
    }

    /// Makes the file, empty and for its owner alone, where the file system knows owners; what SQLite puts beside it
    /// gets
    /// the same permissions.
    void createFile() {
        createFolder();
        try {
            if (!Files.exists(file)
                    && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException e) {
            throw new DatabaseUnavailable(
                    schema.name() + " " + file + " can't be created (" + said(e)
                            + "). Make its folder writable for this user, or name another file under `"
                            + schema.setting() + "`.",
                    e);
        }
    }

    private void createFolder() {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new DatabaseUnavailable(
                    schema.name() + " " + file + " can't be created: its folder can't be made (" + said(e)
                            + "). Make that folder, writable for this user, or name another file under `"
                            + schema.setting() + "`.",
                    e);
        }
    }

    /// Java's names of failures are of no use to people.
    private static String said(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is no folder";
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    private void refuseNewer(long version) {
        if (version > schema.version()) {
            throw new DatabaseTooNew(schema, file, version);
        }
    }

    private static long version(SqlSession session) {
        return session.number("SELECT user_version AS n FROM pragma_user_version");
    }
}
