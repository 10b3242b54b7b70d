package dev.tactus.console.sync;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.lineage.Lineage;
import dev.tactus.console.lineage.LineageDatasets;
import dev.tactus.console.output.JsonObject;
import dev.tactus.ingest.Sync;
import dev.tactus.ingest.catalog.CatalogSummary;
import dev.tactus.ingest.run.Continuation;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.RunFailure;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.music.Dataset;
import dev.tactus.reconcile.coverage.ReportFallback;
import dev.tactus.source.CallBudget;
import dev.tactus.source.DailyBudget;
import dev.tactus.source.response.SourceFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The runs of one source, one after another.
final class SourceSync {
    private final CommandOptions options;
    private final Configuration configuration;
    private final SourceConfiguration configured;
    private final CatalogSummary catalog;
    private final StopRequests stop;
    private final CallBudget calls;
    private final ProgressListener progress;

    SourceSync(
            CommandOptions options,
            Configuration configuration,
            SourceConfiguration configured,
            CatalogSummary catalog,
            StopRequests stop,
            CallBudget calls,
            ProgressListener progress) {
        this.options = options;
        this.configuration = configuration;
        this.configured = configured;
        this.catalog = catalog;
        this.stop = stop;
        this.calls = calls;
        this.progress = progress;
    }

    /// What came of the runs, and why one of them failed, where one did.
    record Outcome(List<SyncSummary> summaries, Optional<RuntimeException> failure) {}

    /// Runs them until one is stopped. An earlier run that fails for a reason of its own doesn't hold up the next; the
    /// failure is told when all is over.
    Outcome run(StoreSession stores, List<SyncRequest> requests) {
        List<SyncSummary> summaries = new ArrayList<>();
        Optional<RuntimeException> failure = Optional.empty();
        try (SourceSession session =
                SourceSession.over(stores, configured.settings(), options.console(), budget(stores))) {
            for (SyncRequest request : requests) {
                if (stop.asked()) {
                    break;
                }
                try {
                    SyncReport report = traced(request.datasets(), () -> fetch(session, request));
                    summaries.add(new SyncSummary(configuration, configured.name(), catalog, request, report));
                } catch (RunFailure e) {
                    failure = failure.or(() -> Optional.of(e));
                    if (!(request.continuation() instanceof Continuation.OfRun)
                            || e.getCause() instanceof SourceFailure) {
                        break;
                    }
                    progress.say(String.valueOf(e.getMessage()));
                }
            }
        } catch (RuntimeException e) {
            failure = failure.or(() -> Optional.of(e));
        }
        return new Outcome(List.copyOf(summaries), failure);
    }

    private CallBudget budget(StoreSession stores) {
        return configured
                .callsPerDay()
                .map(most -> calls.within(new DailyBudget(
                        most,
                        stores.ledger().runs().requestsToday(configured.name()),
                        options.console().clock())))
                .orElse(calls);
    }

    /// Runs, and reports it as lineage.
    private SyncReport traced(Set<Dataset> datasets, Supplier<SyncReport> sync) {
        List<Lineage.Data> inputs =
                LineageDatasets.read(configuration, configured.settings().baseUrl(), datasets);
        try (Lineage lineage = Lineage.of(configuration, options);
                Lineage.Task task = lineage.begin("sync." + configured.name(), inputs)) {
            SyncReport report = sync.get();
            JsonObject facts = JsonObject.of("run_id", report.runId())
                    .put("planned", report.counts().planned())
                    .put("accounted", report.accounted());
            switch (report.end()) {
                case FINISHED, INCOMPLETE ->
                    task.complete(inputs, LineageDatasets.committed(configuration, report.tables()), facts);
                case STOPPED -> task.abort(facts);
            }
            return report;
        }
    }

    private SyncReport fetch(SourceSession session, SyncRequest request) {
        ReportFallback fallback = new ReportFallback(session.ledger(), session.lake(), configuration.services());
        Sync sync = new Sync(session.parts(), progress, fallback::settle);
        stop.add(sync);
        try {
            return sync.run(request);
        } finally {
            stop.remove(sync);
        }
    }
}
