package dev.tactus.ingest;

import dev.tactus.music.Severity;
import java.time.Instant;

/// Tells, once a run, that its deadline has passed while it was at work. Used by one thread.
final class DeadlineWatch {
    private final RunContext run;
    private final Outbox outbox;
    private boolean told;

    DeadlineWatch(RunContext run, Outbox outbox) {
        this.run = run;
        this.outbox = outbox;
    }

    void look() {
        if (told || run.request().deadline().isEmpty()) {
            return;
        }
        Instant deadline = run.request().deadline().orElseThrow();
        if (run.clock().instant().isAfter(deadline)) {
            told = true;
            new AlertMessages(run)
                    .enqueue(
                            Webhook.Kind.DEADLINE,
                            Severity.CRITICAL,
                            1,
                            "run " + run.runId() + " of " + run.sourceName() + " has missed its deadline of "
                                    + deadline);
            outbox.sendInBackground();
        }
    }
}
