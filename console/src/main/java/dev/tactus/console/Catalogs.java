package dev.tactus.console;

import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.LedgerLock;

/// The catalog in the ledger.
final class Catalogs {
    private Catalogs() {}

    /// The ledger, with the catalog in it: a sync keeps it up to date, before the first one it is read here.
    static Ledger withCatalog(Configuration configuration, Console console, String command) {
        Ledger ledger = Ledgers.forWriting(configuration, console);
        if (ledger.recordings().hash().isPresent()) {
            return ledger;
        }
        try (LedgerLock _ = ledger.lock(command)) {
            configuration.catalogFile().load(ledger.recordings()::replaceWith);
            return ledger;
        } catch (RuntimeException e) {
            ledger.close();
            throw e;
        }
    }
}
