package dev.tactus.console.sync;

import dev.tactus.console.command.Stores;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.Console;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The ledger, held for this process, and the lake: what the runs of all sources share.
final class StoreSession implements AutoCloseable {
    private final Ledger ledger;
    private final DatabaseLock lock;
    private final Lake lake;
    private final Optional<SharedQuotas> shared;

    private StoreSession(Ledger ledger, DatabaseLock lock, Lake lake, Optional<SharedQuotas> shared) {
        this.ledger = ledger;
        this.lock = lock;
        this.lake = lake;
        this.shared = shared;
    }

    /// Opens both, or neither; they are made where there are none.
    ///
    /// @param command shown to whoever finds the ledger locked
    static StoreSession open(Configuration configuration, Console console, String command) {
        return open(configuration, console, command, DatabaseLock.Kind.ALONE, _ -> {});
    }

    /// The same, where the ledger is on a server, beside workers, as one of them.
    ///
    /// @param say for people
    static StoreSession openBesideWorkers(
            Configuration configuration, Console console, String command, Consumer<String> say) {
        return open(configuration, console, command, DatabaseLock.Kind.BESIDE_WORKERS, say);
    }

    /// As a worker: ledger and lake have to be there.
    static StoreSession openToWork(
            Configuration configuration, Ledger ledger, Console console, String command, Consumer<String> say) {
        return closedUnless(
                ledger.lock(DatabaseLock.Kind.WORKER, command),
                lock -> closedUnless(
                        Stores.lake(configuration, ledger, console),
                        lake -> new StoreSession(
                                ledger,
                                lock,
                                lake,
                                Optional.of(SharedQuotas.begin(configuration, ledger, console, command, say)))));
    }

    private static StoreSession open(
            Configuration configuration,
            Console console,
            String command,
            DatabaseLock.Kind kind,
            Consumer<String> say) {
        boolean shares = kind == DatabaseLock.Kind.BESIDE_WORKERS
                && configuration.ledger().file().isEmpty();
        return closedUnless(
                Stores.makeLedger(configuration, console),
                ledger -> closedUnless(
                        ledger.lock(kind, command),
                        lock -> closedUnless(
                                Stores.makeLake(configuration, ledger, console),
                                lake -> new StoreSession(
                                        ledger,
                                        lock,
                                        lake,
                                        shares
                                                ? Optional.of(SharedQuotas.begin(
                                                        configuration, ledger, console, command, say))
                                                : Optional.empty()))));
    }

    private static <T extends AutoCloseable> StoreSession closedUnless(T opened, Function<T, StoreSession> next) {
        boolean used = false;
        try {
            StoreSession session = next.apply(opened);
            used = true;
            return session;
        } finally {
            if (!used) {
                close(opened);
            }
        }
    }

    private static void close(AutoCloseable opened) {
        switch (opened) {
            case Ledger ledger -> ledger.close();
            case DatabaseLock lock -> lock.close();
            case Lake lake -> lake.close();
            default -> throw new IllegalArgumentException("no part of a session: " + opened);
        }
    }

    Ledger ledger() {
        return ledger;
    }

    Lake lake() {
        return lake;
    }

    /// Whether no other process works with the ledger.
    boolean isAlone() {
        return shared.isEmpty();
    }

    /// What processes share; empty where this one has the ledger for itself.
    Optional<SharedQuotas> shared() {
        return shared;
    }

    @Override
    public void close() {
        try (ledger;
                lock;
                lake) {
            shared.ifPresent(SharedQuotas::close);
        }
    }
}
