package dev.tactus.console;

import dev.tactus.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Opens the ledger a configuration names.
final class Ledgers {
    private Ledgers() {}

    /// For reading, beside whoever works on it.
    static Ledger forReading(Configuration configuration, Console console) {
        return Ledger.openForReading(configuration.ledger(), console.clock()).orElseThrow(() -> missing(configuration));
    }

    /// The one that is there, for a small change.
    static Ledger forWriting(Configuration configuration, Console console) {
        mustExist(configuration);
        return Ledger.open(configuration.ledger(), console.clock());
    }

    static void mustExist(Configuration configuration) {
        if (!Files.exists(configuration.ledger())) {
            throw missing(configuration);
        }
    }

    /// Made where there is none, its folder too.
    static Ledger making(Configuration configuration, Console console) {
        Path file = configuration.ledger();
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw Failure.failed("cannot make the folder of the ledger " + file + ": " + Problems.of(e));
        }
        return Ledger.open(file, console.clock());
    }

    private static Failure missing(Configuration configuration) {
        return Failure.usage("there is no ledger " + configuration.ledger()
                + " yet: the first tactus sync or reports import makes it");
    }
}
