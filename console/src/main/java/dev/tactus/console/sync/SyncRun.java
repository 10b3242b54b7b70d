package dev.tactus.console.sync;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.GracefulShutdown;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.lineage.Lineage;
import dev.tactus.console.lineage.LineageDatasets;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.Console;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// One sync from the command line: opens what it needs, runs, tells what came of it. `sync` and `demo` share it.
public final class SyncRun {
    private final CommandOptions common;
    private final Configuration configuration;

    public SyncRun(CommandOptions common, Configuration configuration) {
        this.common = common;
        this.configuration = configuration;
    }

    /// Runs it to its end and answers the exit code.
    public int run(RunOptions choice, Duration maxWait, boolean newRun) {
        SourceConfiguration configured = configuration.source(choice.source);
        SourceSettings settings = configured.settings();
        Set<Dataset> datasets = choice.datasets(settings.profile().datasets());
        configuration.catalogFile().check();
        Console console = common.console();
        try (GracefulShutdown interruption = new GracefulShutdown(() -> common.say(
                        "ended before all was put away; what was noted is not lost, the same command goes on"));
                SourceSession place =
                        SourceSession.open(configuration, settings, console, "sync " + configured.name())) {
            CatalogSummary catalog =
                    configuration.catalogFile().load(place.ledger().recordings()::replaceWith);
            common.say(CatalogSummaryView.of(catalog));
            Instant now = console.clock().instant();
            SyncRequest request = new SyncRequest(
                    choice.days(now, place.ledger(), configured),
                    datasets,
                    newRun,
                    maxWait,
                    configured.concurrency(),
                    configuration.tolerance(),
                    RunOptions.deadline(now, configured),
                    configuration.alerts(),
                    BuildVersion.code());
            SyncReport report = traced(configured, datasets, () -> fetch(place, request, interruption));
            SyncSummary summary = new SyncSummary(configuration, configured.name(), catalog, request, report);
            if (common.json) {
                common.printJson(summary.ok(), summary.fields());
            } else {
                summary.lines().forEach(common::print);
            }
            return summary.exit();
        }
    }

    /// Runs, and tells of it as lineage.
    private SyncReport traced(SourceConfiguration configured, Set<Dataset> datasets, Supplier<SyncReport> sync) {
        List<Lineage.Data> inputs =
                LineageDatasets.read(configuration, configured.settings().baseUrl(), datasets);
        try (Lineage lineage = Lineage.of(configuration, common);
                Lineage.Task task = lineage.begin("sync." + configured.name(), inputs)) {
            SyncReport report = sync.get();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("run_id", report.runId());
            facts.put("planned", report.counts().planned());
            facts.put("accounted", report.accounted());
            switch (report.end()) {
                case FINISHED, INCOMPLETE ->
                    task.complete(inputs, LineageDatasets.committed(configuration, report.tables()), facts);
                case STOPPED -> task.abort(facts);
            }
            return report;
        }
    }

    private SyncReport fetch(SourceSession place, SyncRequest request, GracefulShutdown interruption) {
        boolean redrawn = common.console().terminal() && common.log == null;
        try (ProgressLine progress = new ProgressLine(common.console(), redrawn, common::say, Ticker.system())) {
            ReportFallback fallback = new ReportFallback(place.ledger(), place.lake(), configuration.services());
            Sync sync = new Sync(place.parts(), progress, fallback::settle);
            interruption.asks(() -> {
                progress.say("stopping: what has come in is being put away …");
                sync.stop();
            });
            return sync.run(request);
        }
    }
}
