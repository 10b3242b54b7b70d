package dev.tactus.console.sync;

import dev.tactus.console.command.Stores;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.Console;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.sqlite.DatabaseLock;

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
        try {
            DatabaseLock lock = ledger.lock(command);
            try {
                return new StoreSession(ledger, lock, Stores.makeLake(configuration, ledger));
            } catch (RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (RuntimeException e) {
            ledger.close();
            throw e;
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
