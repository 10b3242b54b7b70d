package dev.tactus.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Brings a file of some kind from whatever version it has to the newest, and refuses what this program can't read.
final class SchemaMigration {
    private final DatabaseSchema kind;
    private final Path file;

    SchemaMigration(DatabaseSchema kind, Path file) {
        this.kind = kind;
        this.file = file;
    }

    /// Refuses what this program can't read, before anything opens it for writing.
    ///
    /// @return whether there is a file at all
    boolean check() {
        return switch (DatabaseHeader.inspect(kind, file)) {
            case DatabaseHeader.Absent() -> false;
            case DatabaseHeader.Foreign(String whatItIs) -> throw new ForeignFile(kind, file, whatItIs);
            case DatabaseHeader.Present(int version) -> {
                refuseNewer(version);
                // a process that was killed may have left the newest version beside the file
                if (Files.exists(DatabaseHeader.wal(file))) {
                    try (SqlSession reader = new ConnectionFactory(kind, file).reader()) {
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
        if (version < kind.version()) {
            throw new DatabaseUnavailable(
                    kind.name() + " " + file + " has version " + version + ", this program reads version "
                            + kind.version() + ". `sync` brings it up to date; until then nothing is touched.");
        }
    }

    /// Creates the tables, or brings them up to date, all or nothing, then turns the write-ahead log on.
    void bringUpToDate(Database database) {
        database.writing(statements -> {
            for (int version = Math.toIntExact(version(statements)); version < kind.version(); version++) {
                statements.execute(kind.steps().get(version));
                statements.execute("PRAGMA user_version = " + (version + 1));
            }
        });
        database.pragma("journal_mode = WAL");
    }

    void createFolder() {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new DatabaseUnavailable(
                    kind.name() + " " + file + " can't be created: its folder can't be made (" + e
                            + "). Make that folder, writable for this user, or name another file under `"
                            + kind.setting() + "`.",
                    e);
        }
    }

    private void refuseNewer(long version) {
        if (version > kind.version()) {
            throw new DatabaseTooNew(kind, file, version);
        }
    }

    private static long version(SqlSession statements) {
        return statements.number("SELECT user_version AS n FROM pragma_user_version");
    }
}
