package dev.tactus.ingest.accounting;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.run.AlertReceiver;
import dev.tactus.music.Severity;
import java.time.Instant;

/// Alerts, once a run, that its deadline has passed while it was running. Used by one thread.
public final class DeadlineAlert {
    private final RunContext run;
    private final AlertSender alerts;
    private boolean sent;

    public DeadlineAlert(RunContext run, AlertSender alerts) {
        this.run = run;
        this.alerts = alerts;
    }

    public void check() {
        if (sent || run.request().deadline().isEmpty()) {
            return;
        }
        Instant deadline = run.request().deadline().orElseThrow();
        if (run.clock().instant().isAfter(deadline)) {
            sent = true;
            new RunAlerts(run)
                    .enqueue(
                            AlertReceiver.AlertKind.DEADLINE,
                            Severity.CRITICAL,
                            1,
                            "run " + run.runId() + " of " + run.sourceName() + " has missed its deadline of "
                                    + deadline);
            alerts.sendInBackground();
        }
    }
}
