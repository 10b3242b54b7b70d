package dev.tactus.database;

import java.nio.file.Path;
import java.time.Instant;

/// A process of its own that takes a database's lock and holds it until its input ends or it is killed.
final class LockProcess {
    private LockProcess() {}

    public static void main(String[] args) throws Exception {
        try (DatabaseLock lock =
                DatabaseLock.take(Notebook.SCHEMA, Path.of(args[0]), "tactus sync --day 2026-11-21", Instant.now())) {
            System.out.println("held " + (lock != null));
            while (System.in.read() >= 0) {
                // until the input ends
            }
        } catch (DatabaseLocked held) {
            System.out.println("refused " + held.getMessage());
        }
    }
}
