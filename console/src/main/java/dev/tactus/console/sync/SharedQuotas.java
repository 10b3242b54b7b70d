package dev.tactus.console.sync;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.output.Console;
import dev.tactus.ingest.share.QuotaOwner;
import dev.tactus.ingest.share.SharedPermits;
import dev.tactus.ingest.share.WorkerLease;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.work.SharedQuota;
import dev.tactus.limits.pacing.Permit;
import dev.tactus.source.profile.SourceSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// This process as a worker beside others, and the quotas that it shares with them: one a credential, however many
/// sources use it. Thread-safe.
final class SharedQuotas implements AutoCloseable {
    private final Configuration configuration;
    private final Ledger ledger;
    private final Consumer<String> say;
    private final WorkerLease lease;
    private final Map<String, Shared> byCredential = new LinkedHashMap<>();

    private record Shared(QuotaOwner owner, SharedPermits permits) {}

    private SharedQuotas(Configuration configuration, Ledger ledger, Consumer<String> say, WorkerLease lease) {
        this.configuration = configuration;
        this.ledger = ledger;
        this.say = say;
        this.lease = lease;
    }

    static SharedQuotas begin(
            Configuration configuration, Ledger ledger, Console console, String command, Consumer<String> say) {
        return new SharedQuotas(configuration, ledger, say, WorkerLease.begin(ledger, command, console.clock(), say));
    }

    WorkerLease lease() {
        return lease;
    }

    /// Who permits the calls of a source.
    synchronized Permit.Issuer permits(SourceSettings settings) {
        return byCredential
                .computeIfAbsent(digest(settings), digest -> share(digest, settings))
                .permits();
    }

    private Shared share(String digest, SourceSettings settings) {
        SharedQuota quota = ledger.quota(digest);
        // the same in every process that has this configuration
        SourceSettings first = configuration.sources().values().stream()
                .map(SourceConfiguration::settings)
                .filter(other -> digest(other).equals(digest))
                .findFirst()
                .orElse(settings);
        QuotaOwner owner = new QuotaOwner(quota, lease, first.name(), clock -> SourceSession.pacer(first, clock), say);
        return new Shared(owner, new SharedPermits(quota, lease, owner::report));
    }

    /// By the ledger's own name, so that a digest says nothing elsewhere.
    private String digest(SourceSettings settings) {
        return settings.credentials()
                .digest(ledger.bonds().get().ledgerId(), settings.baseUrl().toString());
    }

    @Override
    public synchronized void close() {
        byCredential.values().forEach(shared -> {
            shared.permits().close();
            shared.owner().close();
        });
        lease.close();
    }
}
