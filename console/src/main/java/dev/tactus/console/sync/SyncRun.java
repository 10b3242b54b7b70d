package dev.tactus.console.sync;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.GracefulShutdown;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.lineage.Lineage;
import dev.tactus.console.lineage.LineageDatasets;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.JsonObject;
import dev.tactus.ingest.Sync;
import dev.tactus.ingest.catalog.CatalogSummary;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.limits.Ticker;
import dev.tactus.music.Dataset;
import dev.tactus.reconcile.coverage.ReportFallback;
import dev.tactus.source.profile.SourceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// One sync from the command line: opens what it needs, runs, prints the result. `sync` and `demo` share it.
public final class SyncRun {
    private final CommandOptions options;
    private final Configuration configuration;

    public SyncRun(CommandOptions options, Configuration configuration) {
        this.options = options;
        this.configuration = configuration;
    }

    /// Runs it to its end and answers the exit code.
    public int run(RunOptions choice, Duration maxWait, boolean newRun) {
        SourceConfiguration configured = configuration.source(choice.source);
        SourceSettings settings = configured.settings();
        Set<Dataset> datasets = choice.datasets(settings.profile().datasets());
        configuration.catalogFile().check();
        Console console = options.console();
        try (GracefulShutdown interruption = new GracefulShutdown(() -> options.say(
                        "ended before everything was saved; nothing noted is lost, and the same command continues"));
                SourceSession session =
                        SourceSession.open(configuration, settings, console, "sync " + configured.name())) {
            CatalogSummary catalog =
                    configuration.catalogFile().load(session.ledger().recordings()::replaceWith);
            options.say(CatalogSummaryView.of(catalog));
            Instant now = console.clock().instant();
            SyncRequest request = new SyncRequest(
                    choice.days(now, session.ledger(), configured),
                    datasets,
                    newRun,
                    maxWait,
                    configured.concurrency(),
                    configuration.tolerance(),
                    RunOptions.deadline(now, configured),
                    configuration.alerts().get(),
                    BuildVersion.code());
            SyncReport report = traced(configured, datasets, () -> fetch(session, request, interruption));
            SyncSummary summary = new SyncSummary(configuration, configured.name(), catalog, request, report);
            if (options.json) {
                options.printJson(summary.ok(), summary.fields());
            } else {
                summary.lines().forEach(options::print);
            }
            return summary.exit();
        }
    }

    /// Runs, and reports it as lineage.
    private SyncReport traced(SourceConfiguration configured, Set<Dataset> datasets, Supplier<SyncReport> sync) {
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

    private SyncReport fetch(SourceSession session, SyncRequest request, GracefulShutdown interruption) {
        Console console = options.console();
        int columns = options.log == null ? console.columns() : 0;
        try (ProgressLine progress = new ProgressLine(console.err(), columns, options::say, Ticker.system())) {
            ReportFallback fallback = new ReportFallback(session.ledger(), session.lake(), configuration.services());
            Sync sync = new Sync(session.parts(), progress, fallback::settle);
            interruption.asks(() -> {
                progress.say("stopping: saving what was fetched …");
                sync.stop();
            });
            return sync.run(request);
        }
    }
}
