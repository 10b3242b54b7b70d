package dev.tactus.ledger;

import dev.tactus.sqlite.DatabaseLock;
import dev.tactus.sqlite.DatabaseLocked;
import java.nio.file.Path;
import java.time.InstantSource;

/// A process of its own that takes a ledger's lock and holds it until its input ends or it is killed.
final class LockProcess {
    private LockProcess() {}

    public static void main(String[] args) throws Exception {
        try (Ledger ledger = Ledger.open(Path.of(args[0]), InstantSource.system());
                DatabaseLock lock = ledger.lock("tactus sync --day 2026-11-21")) {
            System.out.println("held " + (lock != null));
            while (System.in.read() >= 0) {
                // until the input ends
            }
        } catch (DatabaseLocked held) {
            System.out.println("refused " + held.getMessage());
        }
    }
}
