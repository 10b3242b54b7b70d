package dev.tactus.console.command;

import dev.tactus.console.config.Configuration;
import dev.tactus.database.DatabaseLock;
import dev.tactus.database.DatabaseLocked;
import dev.tactus.ingest.catalog.BadCatalog;
import dev.tactus.ledger.Ledger;
import java.util.function.Consumer;

/// The catalog in the ledger.
public final class CatalogRefresh {
    private CatalogRefresh() {}

    /// The ledger, with the catalog in it as its file is now.
    public static Ledger withCatalog(Configuration configuration, CommandOptions options, String command) {
        Ledger ledger = Stores.ledgerToChange(configuration, options.console());
        try {
            refresh(configuration, ledger, command, options::say);
            return ledger;
        } catch (RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    /// The same for a command that holds the lock of the ledger and can do without a catalog: what statements say comes
    /// in and is reconciled whether or not there is one to match it to. A catalog that can't be used is told.
    public static void takeOver(Configuration configuration, Ledger ledger, Consumer<String> told) {
        try {
            String sha256 = configuration.catalogFile().check().sha256();
            if (ledger.recordings().hash().filter(sha256::equals).isEmpty()) {
                configuration.catalogFile().load(ledger.recordings()::replaceWith);
            }
        } catch (BadCatalog e) {
            told.accept(e.getMessage()
                    + (ledger.recordings().hash().isEmpty()
                            ? "; so nothing is matched to recordings"
                            : "; so the catalog of before is used"));
        }
    }

    /// Takes the catalog's file over, unless the ledger has it already. A catalog that changes under a run would change
    /// the run, so one that is going on is left with its own, and that is said.
    public static void refresh(Configuration configuration, Ledger ledger, String command, Consumer<String> told) {
        String sha256 = configuration.catalogFile().check().sha256();
        if (ledger.recordings().hash().filter(sha256::equals).isPresent()) {
            return;
        }
        try (DatabaseLock _ = ledger.lock(command)) {
            configuration.catalogFile().load(ledger.recordings()::replaceWith);
        } catch (DatabaseLocked e) {
            if (ledger.recordings().hash().isEmpty()) {
                throw e;
            }
            told.accept("a run is in progress; using the catalog that it started with");
        }
    }
}
