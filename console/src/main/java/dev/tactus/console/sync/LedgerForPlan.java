package dev.tactus.console.sync;

import dev.tactus.console.command.Stores;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The ledger that a plan is made with: the one that there is, or an empty one for as long as the plan takes.
final class LedgerForPlan implements AutoCloseable {
    private final Ledger ledger;
    private final Optional<Path> folder;

    /// @param folder what is deleted at the end
    private LedgerForPlan(Ledger ledger, Optional<Path> folder) {
        this.ledger = ledger;
        this.folder = folder;
    }

    static LedgerForPlan of(Configuration configuration, Console console) {
        Stores.requirePlaced(configuration);
        if (Ledger.exists(configuration.ledger())) {
            return new LedgerForPlan(Stores.ledgerToChange(configuration, console), Optional.empty());
        }
        try {
            Path folder = Files.createTempDirectory("tactus-plan");
            return new LedgerForPlan(Ledger.open(folder.resolve("ledger.db"), console.clock()), Optional.of(folder));
        } catch (IOException e) {
            throw CommandFailure.failed("cannot make a folder for the plan: " + IoErrorText.of(e));
        }
    }

    Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        ledger.close();
        folder.ifPresent(LedgerForPlan::delete);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
