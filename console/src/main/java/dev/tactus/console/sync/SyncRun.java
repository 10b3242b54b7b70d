package dev.tactus.console.sync;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.GracefulShutdown;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.lake.LakeMaintenance;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.Console;
import dev.tactus.ingest.catalog.CatalogSummary;
import dev.tactus.ingest.run.Continuation;
import dev.tactus.ingest.run.DueRuns;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.runs.Run;
import dev.tactus.limits.Ticker;
import dev.tactus.music.Dataset;
import dev.tactus.source.CallBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// One sync from the command line: opens what it needs, runs every source that is asked for side by side, prints the
/// result. `sync`, `runs resume` and `demo` share it.
public final class SyncRun {
    private final CommandOptions options;
    private final Configuration configuration;
    private final Duration maxWait;
    private final CallBudget calls;
    private final StopRequests stop = new StopRequests();

    /// @param maxWait how long to wait, in all, for parked work that comes due
    public SyncRun(CommandOptions options, Configuration configuration, Duration maxWait) {
        this(options, configuration, maxWait, CallBudget.unlimited());
    }

    /// The same within a budget that the sources share.
    SyncRun(CommandOptions options, Configuration configuration, Duration maxWait, CallBudget calls) {
        this.options = options;
        this.configuration = configuration;
        this.maxWait = maxWait;
        this.calls = calls;
    }

    /// Which runs of a source are wanted.
    private interface Wanted {
        /// @param template for a request, whose days are left aside
        List<SyncRequest> of(Ledger ledger, SourceConfiguration source, SyncRequest template);
    }

    /// Runs what is asked for to its end and answers the exit code.
    public int run(RunOptions choice, boolean newRun) {
        Instant now = options.console().clock().instant();
        Continuation continuation = newRun ? new Continuation.Anew() : new Continuation.SameDays();
        return run(
                choice.sources(configuration),
                choice,
                continuation,
                (ledger, source, template) -> choice.requests(now, ledger, source.name(), template));
    }

    /// Goes on with one run.
    public int resume(String runId, Ledger looked) {
        Run run = looked.runs()
                .find(runId)
                .orElseThrow(() -> CommandFailure.usage("there is no run " + runId + "; see tactus runs list"));
        if (!run.state().isUnfinished()) {
            throw CommandFailure.usage("run " + runId + " is "
                    + run.state().name().toLowerCase(Locale.ROOT) + ": there is nothing to continue");
        }
        return run(
                List.of(configuration.source(run.source())),
                new RunOptions(),
                new Continuation.OfRun(runId),
                (ledger, _, template) -> List.of(DueRuns.continuing(ledger, run, template)));
    }

    private int run(List<SourceConfiguration> sources, RunOptions choice, Continuation continuation, Wanted wanted) {
        Map<SourceConfiguration, Set<Dataset>> datasets = new LinkedHashMap<>();
        for (SourceConfiguration source : sources) {
            datasets.put(source, choice.datasets(source.settings().profile().datasets()));
        }
        configuration.catalogFile().check();
        Console console = options.console();
        String command = "sync "
                + String.join(
                        ", ", sources.stream().map(SourceConfiguration::name).toList());
        try (GracefulShutdown interruption = new GracefulShutdown(() -> options.say(
                        "ended before everything was saved; nothing noted is lost, and the same command continues"));
                StoreSession stores = StoreSession.openBesideWorkers(configuration, console, command, options::say);
                ProgressLine progress = progressLine(sources.size())) {
            CatalogSummary catalog =
                    configuration.catalogFile().load(stores.ledger().recordings()::replaceWith);
            options.say(CatalogSummaryView.of(catalog));
            interruption.asks(() -> {
                progress.say("stopping: saving what was fetched …");
                stop.ask();
            });
            Instant now = console.clock().instant();
            Map<SourceConfiguration, List<SyncRequest>> requests = new LinkedHashMap<>();
            datasets.forEach((source, chosen) -> requests.put(
                    source, wanted.of(stores.ledger(), source, template(now, source, chosen, continuation))));
            List<SourceSync.Outcome> outcomes = sideBySide(stores, catalog, requests, progress);
            if (stores.isAlone() && !stop.asked()) {
                LakeMaintenance.afterSync(
                                configuration.maintenance(),
                                stores.ledger(),
                                stores.lake(),
                                console.clock().instant())
                        .ifPresent(progress::say);
            }
            return result(outcomes);
        }
    }

    private SyncRequest template(
            Instant now, SourceConfiguration source, Set<Dataset> datasets, Continuation continuation) {
        return new SyncRequest(
                List.of(RunOptions.yesterday(now)),
                datasets,
                continuation,
                source.settleDays(),
                source.cadence(),
                maxWait,
                source.concurrency(),
                configuration.tolerance(),
                RunOptions.deadline(now, source),
                configuration.publishEvery(),
                configuration.alerts().get(),
                BuildVersion.code());
    }

    private List<SourceSync.Outcome> sideBySide(
            StoreSession stores,
            CatalogSummary catalog,
            Map<SourceConfiguration, List<SyncRequest>> requests,
            ProgressLine progress) {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("tactus-source-", 0).factory())) {
            List<CompletableFuture<SourceSync.Outcome>> running = new ArrayList<>();
            requests.forEach((source, own) -> {
                ProgressListener named = requests.size() == 1 ? progress : new Named(source.name(), progress);
                SourceSync sync = new SourceSync(options, configuration, source, catalog, stop, calls, named);
                running.add(CompletableFuture.supplyAsync(() -> sync.run(stores, own), threads));
            });
            return running.stream().map(CompletableFuture::join).toList();
        }
    }

    private int result(List<SourceSync.Outcome> outcomes) {
        List<SyncSummary> summaries = outcomes.stream()
                .flatMap(outcome -> outcome.summaries().stream())
                .toList();
        List<RuntimeException> failures =
                outcomes.stream().flatMap(outcome -> outcome.failure().stream()).toList();
        SyncResult result = new SyncResult(summaries);
        if (!options.json) {
            result.lines().forEach(options::print);
        }
        if (!failures.isEmpty()) {
            failures.stream().skip(1).forEach(failure -> options.say(String.valueOf(failure.getMessage())));
            throw failures.getFirst();
        }
        if (options.json) {
            options.printJson(result.ok(), result.fields());
        }
        return result.exit();
    }

    /// Several sources don't share one redrawn line.
    private ProgressLine progressLine(int sources) {
        Console console = options.console();
        int columns = options.log == null && sources == 1 ? console.columns() : 0;
        return new ProgressLine(console.err(), columns, options::say, Ticker.system());
    }

    /// The events of one of several sources; how far each is would be too much on one screen.
    private record Named(String source, ProgressListener to) implements ProgressListener {
        @Override
        public void update(ProgressReport report) {}

        @Override
        public void say(String event) {
            to.say(source + ": " + event);
        }
    }
}
