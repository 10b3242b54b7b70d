package dev.tactus.console.lake;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.Console;
import dev.tactus.database.DatabaseAddress;
import dev.tactus.database.DatabaseLock;
import dev.tactus.ledger.Ledger;
import java.nio.file.Path;
import java.util.Map;

/// A ledger on a server that is filled from a file: nothing is ever replaced there, since nobody can put back what a
/// server has dropped.
final class ServerLedgers {
    private ServerLedgers() {}

    /// @throws CommandFailure if the ledger is on a server and not empty
    static void requireRoom(Configuration configuration, Console console) {
        if (configuration.ledger().file().isPresent()) {
            return;
        }
        boolean empty = Ledger.openForReading(configuration.ledger(), console.clock())
                .map(ledger -> {
                    try (ledger) {
                        return ledger.isEmpty();
                    }
                })
                .orElse(true);
        if (!empty) {
            throw CommandFailure.usage("the ledger " + configuration.ledger()
                    + " is not empty, and nothing on a server is replaced; nothing was touched. Name an empty schema"
                    + " (CREATE SCHEMA new; ?currentSchema=new in the address) or database under `ledger:`, or move"
                    + " this one away (ALTER SCHEMA … RENAME TO …)");
        }
    }

    /// Copies the rows of a file into it, and compares them.
    ///
    /// @return how many there are of each table
    static Map<String, Long> fill(Configuration configuration, Path from, Console console) {
        requireRoom(configuration, console);
        try (Ledger source = Ledger.open(DatabaseAddress.of(from), console.clock());
                Ledger target = Ledger.open(
                        configuration.ledger(),
                        console.clock(),
                        console.machine().ledger());
                DatabaseLock _ = target.lock("ledger copy")) {
            return target.copyFrom(source);
        }
    }
}
