package dev.tactus.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The versions of the ledger's tables, and the way from each to the next.
final class Schema {
    /// Step n leads from version n to version n + 1. A step that has been released never changes.
    private static final List<String> STEPS = List.of(FirstVersion.SQL);

    static final int VERSION = STEPS.size();

    private Schema() {}

    /// Refuses what this program can't read, before anything opens it for writing.
    ///
    /// @return whether there is a ledger at all
    static boolean check(Path file) {
        return switch (LedgerFile.inspect(file)) {
            case LedgerFile.Absent() -> false;
            case LedgerFile.Foreign(String whatItIs) -> throw new NotALedger(file, whatItIs);
            case LedgerFile.Present(int version) -> {
                refuseNewer(file, version);
                // a process that was killed may have left the newest version beside the file
                if (Files.exists(LedgerFile.wal(file))) {
                    try (Statements reader = new Connections(file).reader()) {
                        refuseNewer(file, version(reader));
                    }
                }
                yield true;
            }
        };
    }

    /// Refuses an older version, which a reader can't bring up to date.
    static void requireCurrent(Path file, Statements reader) {
        long version = version(reader);
        if (version < VERSION) {
            throw new LedgerUnavailable("ledger " + file + " has version " + version + ", this program reads version "
                    + VERSION + ". `sync` brings it up to date; until then nothing is touched.");
        }
    }

    /// Creates the tables, or brings them up to date, all or nothing, then turns the write-ahead log on.
    static void bringUpToDate(Database database) {
        database.writing(statements -> {
            for (int version = Math.toIntExact(version(statements)); version < VERSION; version++) {
                statements.execute(STEPS.get(version));
                statements.execute("PRAGMA user_version = " + (version + 1));
            }
        });
        database.pragma("journal_mode = WAL");
    }

    private static void refuseNewer(Path file, long version) {
        if (version > VERSION) {
            throw new LedgerFromNewerVersion(file, version, VERSION);
        }
    }

    private static long version(Statements statements) {
        return statements.number("SELECT user_version AS n FROM pragma_user_version");
    }
}
