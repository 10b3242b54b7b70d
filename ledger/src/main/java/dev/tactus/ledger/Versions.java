package dev.tactus.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Brings a file of some kind from whatever version it has to the newest, and refuses what this program can't read.
final class Versions {
    private final FileKind kind;
    private final Path file;

    Versions(FileKind kind, Path file) {
        this.kind = kind;
        this.file = file;
    }

    /// Refuses what this program can't read, before anything opens it for writing.
    ///
    /// @return whether there is a file at all
    boolean check() {
        return switch (LedgerFile.inspect(kind, file)) {
            case LedgerFile.Absent() -> false;
            case LedgerFile.Foreign(String whatItIs) -> throw new NotALedger(kind, file, whatItIs);
            case LedgerFile.Present(int version) -> {
                refuseNewer(version);
                // a process that was killed may have left the newest version beside the file
                if (Files.exists(LedgerFile.wal(file))) {
                    try (Statements reader = new Connections(kind, file).reader()) {
                        refuseNewer(version(reader));
                    }
                }
                yield true;
            }
        };
    }

    /// Refuses an older version, which a reader can't bring up to date.
    void requireCurrent(Statements reader) {
        long version = version(reader);
        if (version < kind.version()) {
            throw new LedgerUnavailable(
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
            throw new LedgerUnavailable(
                    kind.name() + " " + file + " can't be created: its folder can't be made (" + e
                            + "). Make that folder, writable for this user, or name another file under `"
                            + kind.setting() + "`.",
                    e);
        }
    }

    private void refuseNewer(long version) {
        if (version > kind.version()) {
            throw new LedgerFromNewerVersion(kind, file, version);
        }
    }

    private static long version(Statements statements) {
        return statements.number("SELECT user_version AS n FROM pragma_user_version");
    }
}
