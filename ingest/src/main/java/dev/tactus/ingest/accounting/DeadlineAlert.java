package dev.tactus.ingest.accounting;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.run.AlertReceiver;
import dev.tactus.music.Severity;
import java.time.Instant;

/// Tells, once a run, that its deadline has passed while it was at work. Used by one thread.
public final class DeadlineAlert {
    private final RunContext run;
    private final AlertSender outbox;
    private boolean told;

    public DeadlineAlert(RunContext run, AlertSender outbox) {
        this.run = run;
        this.outbox = outbox;
    }

    public void look() {
        if (told || run.request().deadline().isEmpty()) {
            return;
        }
        Instant deadline = run.request().deadline().orElseThrow();
        if (run.clock().instant().isAfter(deadline)) {
            told = true;
            new RunAlerts(run)
                    .enqueue(
                            AlertReceiver.AlertKind.DEADLINE,
                            Severity.CRITICAL,
                            1,
                            "run " + run.runId() + " of " + run.sourceName() + " has missed its deadline of "
                                    + deadline);
            outbox.sendInBackground();
        }
    }
}
