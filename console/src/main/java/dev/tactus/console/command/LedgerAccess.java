package dev.tactus.console.command;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Opens the ledger a configuration names.
public final class LedgerAccess {
    private LedgerAccess() {}

    /// For reading, beside whoever works on it.
    public static Ledger forReading(Configuration configuration, Console console) {
        return Ledger.openForReading(configuration.ledger(), console.clock()).orElseThrow(() -> missing(configuration));
    }

    /// The one that is there, for a small change.
    public static Ledger forWriting(Configuration configuration, Console console) {
        mustExist(configuration);
        return Ledger.open(configuration.ledger(), console.clock());
    }

    public static void mustExist(Configuration configuration) {
        if (!Files.exists(configuration.ledger())) {
            throw missing(configuration);
        }
    }

    /// Made where there is none, its folder too.
    public static Ledger making(Configuration configuration, Console console) {
        Path file = configuration.ledger();
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw CommandFailure.failed("cannot make the folder of the ledger " + file + ": " + IoErrorText.of(e));
        }
        return Ledger.open(file, console.clock());
    }

    private static CommandFailure missing(Configuration configuration) {
        return CommandFailure.usage("there is no ledger " + configuration.ledger()
                + " yet: the first tactus sync or reports import makes it");
    }
}
