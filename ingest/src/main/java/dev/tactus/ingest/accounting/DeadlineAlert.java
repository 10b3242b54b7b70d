package dev.tactus.ingest.accounting;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.run.AlertReceiver;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.music.Severity;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Alerts, once a run each, that its deadline will be missed, and that it has passed while it was running. Used by one
/// thread.
public final class DeadlineAlert {
    private final RunContext run;
    private final AlertSender alerts;
    private final Optional<DeadlineForecast> forecast;

    public DeadlineAlert(RunContext run, AlertSender alerts) {
        this.run = run;
        this.alerts = alerts;
        this.forecast = run.request().deadline().map(DeadlineForecast::new);
    }

    /// Sends what there is to tell by now.
    ///
    /// @param progress how far the run is
    public void check(ProgressReport progress) {
        Instant now = run.clock().instant();
        switch (forecast.map(one -> one.at(now, progress.remaining())).orElse(DeadlineForecast.News.NONE)) {
            case NONE -> {}
            case AT_RISK -> {
                Instant end = now.plus(progress.remaining().orElseThrow());
                send(
                        Severity.WARNING,
                        "will miss its deadline of " + deadline() + ": at "
                                + String.format(Locale.ROOT, "%.0f", progress.requestsPerMinute())
                                + " requests a minute it is over at " + end);
            }
            case MISSED -> send(Severity.CRITICAL, "has missed its deadline of " + deadline());
        }
    }

    private Instant deadline() {
        return run.request().deadline().orElseThrow();
    }

    private void send(Severity severity, String what) {
        new RunAlerts(run)
                .enqueue(
                        AlertReceiver.AlertKind.DEADLINE,
                        severity,
                        1,
                        "run " + run.runId() + " of " + run.sourceName() + " " + what);
        alerts.sendInBackground();
    }
}
