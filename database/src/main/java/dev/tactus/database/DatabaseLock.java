package dev.tactus.database;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;

/// The right to work on a database, held by one process at a time and released however the process ends.
public sealed interface DatabaseLock extends AutoCloseable permits DatabaseFileLock, DatabaseServerLock {
    /// Beside whom a process works. On a file everybody is alone.
    enum Kind {
        /// Beside nobody.
        ALONE,
        /// Beside workers, and nobody else.
        BESIDE_WORKERS,
        /// Beside other workers, and one who may work beside them.
        WORKER
    }

    /// Takes that of a database that is not opened.
    ///
    /// @param schema what it is
    /// @param command what this process does, told to whoever finds it held
    /// @throws DatabaseLocked when somebody else has it
    static DatabaseLock take(DatabaseSchema schema, Path file, String command, Instant since) {
        return DatabaseFileLock.take(schema, file, command, since);
    }

    /// Gives the lock up; safe to call again.
    @Override
    void close();

    /// Who holds the lock of a database.
    ///
    /// @param pid the process, on `host`
    /// @param command what it was started to do
    record Holder(long pid, String command, String host, Instant since) {
        /// This process.
        static Holder self(String command, Instant since) {
            return new Holder(ProcessHandle.current().pid(), command, localHost(), since);
        }

        private static String localHost() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException nameless) {
                return "this host";
            }
        }
    }
}
