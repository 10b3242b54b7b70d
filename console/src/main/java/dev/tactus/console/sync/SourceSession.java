package dev.tactus.console.sync;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.Console;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.Permit;
import dev.tactus.source.CallBudget;
import dev.tactus.source.Source;
import dev.tactus.source.profile.SourceSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// What a run works with, open: the ledger, held for this process, the lake, and the source with its pacer.
public final class SourceSession implements AutoCloseable {
    /// A longer pause is not waited for: the work is postponed.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /// How much longer than its deadline a call without an answer may still count at the server.
    private static final Duration LOST_MARGIN = Duration.ofSeconds(5);

    private final Optional<StoreSession> owned;
    private final SyncResources parts;

    private SourceSession(
            StoreSession stores,
            Optional<StoreSession> owned,
            SourceSettings settings,
            Console console,
            CallBudget calls) {
        this.owned = owned;
        this.parts = stores.shared()
                .map(shared -> SyncResources.shared(
                        stores.ledger(),
                        stores.lake(),
                        settings.name(),
                        source(settings, shared.permits(settings), console, calls),
                        shared.lease(),
                        console.clock()))
                .orElseGet(() -> alone(stores, settings, console, calls));
    }

    private static SyncResources alone(
            StoreSession stores, SourceSettings settings, Console console, CallBudget calls) {
        Pacer pacer = pacer(settings, console);
        return new SyncResources(
                stores.ledger(),
                stores.lake(),
                settings.name(),
                source(settings, pacer, console, calls),
                pacer,
                console.clock());
    }

    /// Opens everything, or nothing.
    ///
    /// @param command shown to whoever finds the ledger locked
    public static SourceSession open(
            Configuration configuration, SourceSettings settings, Console console, String command) {
        StoreSession stores = StoreSession.open(configuration, console, command);
        try {
            return new SourceSession(stores, Optional.of(stores), settings, console, CallBudget.unlimited());
        } catch (RuntimeException e) {
            stores.close();
            throw e;
        }
    }

    /// The source alone, over a ledger and a lake that others may use as well.
    static SourceSession over(StoreSession stores, SourceSettings settings, Console console, CallBudget calls) {
        return new SourceSession(stores, Optional.empty(), settings, console, calls);
    }

    static Pacer pacer(SourceSettings settings, Console console) {
        return pacer(settings, console.clock());
    }

    static Pacer pacer(SourceSettings settings, InstantSource clock) {
        return new Pacer(settings.pacerSettings(LONGEST_PAUSE, LOST_MARGIN), Ticker.system(), clock);
    }

    static Source source(SourceSettings settings, Pacer pacer, Console console) {
        return source(settings, pacer, console, CallBudget.unlimited());
    }

    private static Source source(SourceSettings settings, Permit.Issuer permits, Console console, CallBudget calls) {
        return new Source(settings, permits, Ticker.system(), console.clock(), new Random(), calls);
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

    /// Closes what it has opened, whatever one of them throws.
    @Override
    public void close() {
        try (Source _ = parts.source()) {
            parts.pacer().ifPresent(Pacer::close);
        } finally {
            owned.ifPresent(StoreSession::close);
        }
    }
}
