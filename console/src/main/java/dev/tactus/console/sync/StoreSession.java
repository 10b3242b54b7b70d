package dev.tactus.console.sync;

import dev.tactus.console.command.Stores;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.Console;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;

/// The ledger, held for this process, and the lake: what the runs of all sources share.
final class StoreSession implements AutoCloseable {
    private final Ledger ledger;
    private final DatabaseLock lock;
    private final Lake lake;

    private StoreSession(Ledger ledger, DatabaseLock lock, Lake lake) {
        this.ledger = ledger;
        this.lock = lock;
        this.lake = lake;
    }

    /// Opens both, or neither; they are made where there are none.
    ///
    /// @param command shown to whoever finds the ledger locked
    static StoreSession open(Configuration configuration, Console console, String command) {
        Ledger ledger = Stores.makeLedger(configuration, console);
        boolean opened = false;
        try {
            StoreSession session = locked(configuration, ledger, console, command);
            opened = true;
            return session;
        } finally {
            if (!opened) {
                ledger.close();
            }
        }
    }

    private static StoreSession locked(Configuration configuration, Ledger ledger, Console console, String command) {
        DatabaseLock lock = ledger.lock(command);
        boolean opened = false;
        try {
            StoreSession session = new StoreSession(ledger, lock, Stores.makeLake(configuration, ledger, console));
            opened = true;
            return session;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    Ledger ledger() {
        return ledger;
    }

    Lake lake() {
        return lake;
    }

    @Override
    public void close() {
        try (ledger;
                lock) {
            lake.close();
        }
    }
}
