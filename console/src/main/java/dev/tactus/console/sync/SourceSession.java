package dev.tactus.console.sync;

import dev.tactus.console.command.Stores;
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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/// What a run works with, open: the ledger, held for this process, the lake, and the source with its pacer.
public final class SourceSession implements AutoCloseable {
    /// A longer pause is not waited for: the work is postponed.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /// How much longer than its deadline a call without an answer may still count at the server.
    private static final Duration LOST_MARGIN = Duration.ofSeconds(5);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final SyncResources parts;

    private SourceSession(Configuration configuration, SourceSettings settings, Console console, String command) {
        try {
            Ledger ledger = add(Stores.makeLedger(configuration, console));
            add(ledger.lock(command));
            Lake lake = add(Stores.makeLake(configuration));
            Pacer pacer = add(pacer(settings, console));
            Source source = add(source(settings, pacer, console));
            parts = new SyncResources(ledger, lake, settings.name(), source, pacer, console.clock());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Opens everything, or nothing.
    ///
    /// @param command shown to whoever finds the ledger locked
    public static SourceSession open(
            Configuration configuration, SourceSettings settings, Console console, String command) {
        return new SourceSession(configuration, settings, console, command);
    }

    static Pacer pacer(SourceSettings settings, Console console) {
        return new Pacer(settings.pacerSettings(LONGEST_PAUSE, LOST_MARGIN), Ticker.system(), console.clock());
    }

    static Source source(SourceSettings settings, Pacer pacer, Console console) {
        return new Source(settings, pacer, Ticker.system(), console.clock(), new Random());
    }

    /// What is known of the limits: what the operator configured, or else what the profile documents.
    static List<ScopedLimit> limits(SourceSettings settings) {
        return settings.pacerSettings(LONGEST_PAUSE, LOST_MARGIN).known();
    }

    public SyncResources parts() {
        return parts;
    }

    public Ledger ledger() {
        return parts.ledger();
    }

    public Lake lake() {
        return parts.lake();
    }

    private <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /// Closes all of it, the last opened first, whatever one of them throws.
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("could not be closed", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
