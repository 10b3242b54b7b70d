package dev.tactus.console.sync;

import dev.tactus.console.command.LakeAccess;
import dev.tactus.console.command.LedgerAccess;
import dev.tactus.console.command.ResourceStack;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.Console;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.source.Source;
import dev.tactus.source.profile.SourceSettings;
import dev.tactus.sqlite.DatabaseLock;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// All that a run works with: the ledger, held for this process, the lake, and the source with its pacer.
public record SourceSession(
        Ledger ledger, DatabaseLock lock, Lake lake, Pacer pacer, Source source, SyncResources parts)
        implements AutoCloseable {
    /// A pause beyond it is not waited for: the work is parked.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /// How much longer than its deadline a call without an answer may still count at the server.
    private static final Duration LOST_MARGIN = Duration.ofSeconds(5);

    /// Opens everything, or nothing.
    ///
    /// @param command what the ledger's lock tells whoever finds it held
    public static SourceSession open(
            Configuration configuration, SourceSettings settings, Console console, String command) {
        ResourceStack opened = new ResourceStack();
        try {
            Ledger ledger = opened.add(LedgerAccess.making(configuration, console));
            DatabaseLock lock = opened.add(ledger.lock(command));
            Lake lake = opened.add(LakeAccess.open(configuration));
            Pacer pacer = opened.add(pacer(settings, console));
            Source source = opened.add(source(settings, pacer, console));
            SyncResources parts = new SyncResources(ledger, lake, settings.name(), source, pacer, console.clock());
            return new SourceSession(ledger, lock, lake, pacer, source, parts);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    static Pacer pacer(SourceSettings settings, Console console) {
        return new Pacer(settings.pacerSettings(LONGEST_PAUSE, LOST_MARGIN), Ticker.system(), console.clock());
    }

    static Source source(SourceSettings settings, Pacer pacer, Console console) {
        return new Source(settings, pacer, Ticker.system(), console.clock(), new Random());
    }

    /// What is known of the limits: what the operator says, or else what the profile documents.
    static List<ScopedLimit> limits(SourceSettings settings) {
        return settings.pacerSettings(LONGEST_PAUSE, LOST_MARGIN).known();
    }

    @Override
    public void close() {
        source.close();
        pacer.close();
        lake.close();
        lock.close();
        ledger.close();
    }
}
