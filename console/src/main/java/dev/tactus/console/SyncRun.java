package dev.tactus.console;

import dev.tactus.ingest.CatalogSummary;
import dev.tactus.ingest.Sync;
import dev.tactus.ingest.SyncReport;
import dev.tactus.ingest.SyncRequest;
import dev.tactus.limits.Ticker;
import dev.tactus.music.Dataset;
import dev.tactus.reconcile.Fallback;
import dev.tactus.source.SourceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// One sync from the command line: opens what it needs, runs, tells what came of it. `sync` and `demo` share it.
final class SyncRun {
    private final Common common;
    private final Configuration configuration;

    SyncRun(Common common, Configuration configuration) {
        this.common = common;
        this.configuration = configuration;
    }

    /// Runs it to its end and answers the exit code.
    int run(RunChoice choice, Duration maxWait, boolean newRun) {
        SourceConfiguration configured = configuration.source(choice.source);
        SourceSettings settings = configured.settings();
        Set<Dataset> datasets = choice.datasets(settings.profile().datasets());
        configuration.catalogFile().check();
        Console console = common.console();
        try (Interruption interruption = new Interruption(() -> common.say(
                        "ended before all was put away; what was noted is not lost, the same command goes on"));
                Workplace place = Workplace.open(configuration, settings, console, "sync " + configured.name())) {
            CatalogSummary catalog =
                    configuration.catalogFile().load(place.ledger().recordings()::replaceWith);
            common.say(CatalogWords.of(catalog));
            Instant now = console.clock().instant();
            SyncRequest request = new SyncRequest(
                    choice.days(now, place.ledger(), configured),
                    datasets,
                    newRun,
                    maxWait,
                    configured.concurrency(),
                    configuration.tolerance(),
                    RunChoice.deadline(now, configured),
                    configuration.alerts(),
                    Version.code());
            SyncReport report = traced(configured, datasets, () -> fetch(place, request, interruption));
            Summary summary = new Summary(configuration, configured.name(), catalog, request, report);
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
                LineageData.read(configuration, configured.settings().baseUrl(), datasets);
        try (Lineage lineage = Lineage.of(configuration, common);
                Lineage.Task task = lineage.begin("sync." + configured.name(), inputs)) {
            SyncReport report = sync.get();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("run_id", report.runId());
            facts.put("planned", report.counts().planned());
            facts.put("accounted", report.accounted());
            switch (report.end()) {
                case FINISHED, INCOMPLETE ->
                    task.complete(inputs, LineageData.committed(configuration, report.tables()), facts);
                case STOPPED -> task.abort(facts);
            }
            return report;
        }
    }

    private SyncReport fetch(Workplace place, SyncRequest request, Interruption interruption) {
        boolean redrawn = common.console().terminal() && common.log == null;
        try (ProgressLine progress = new ProgressLine(common.console(), redrawn, common::say, Ticker.system())) {
            Fallback fallback = new Fallback(place.ledger(), place.lake(), configuration.services());
            Sync sync = new Sync(place.parts(), progress, fallback::settle);
            interruption.asks(() -> {
                progress.say("stopping: what has come in is being put away …");
                sync.stop();
            });
            return sync.run(request);
        }
    }
}
