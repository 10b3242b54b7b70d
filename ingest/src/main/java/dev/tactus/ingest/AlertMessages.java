package dev.tactus.ingest;

import dev.tactus.ledger.ItemState;
import dev.tactus.music.Severity;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Puts what a run has to tell into the outbox: one message for each kind, and for drift one for each severity.
///
/// A message is a JSON object with `text`, which chat services show, and the same as fields.
final class AlertMessages {
    private final RunContext run;
    private final JsonMapper json = JsonMapper.shared();

    AlertMessages(RunContext run) {
        this.run = run;
    }

    void enqueueAll(SyncReport report) {
        report.drifts()
                .forEach((severity, count) -> enqueue(
                        Webhook.Kind.DRIFT,
                        severity,
                        count,
                        count + " new differences (" + severity.label() + ") between " + run.sourceName()
                                + " and the catalog; `tactus drift list` shows them"));
        long deadLetters = report.counts().of(ItemState.DEAD_LETTERED);
        if (deadLetters > 0) {
            enqueue(
                    Webhook.Kind.DEAD_LETTER,
                    Severity.WARNING,
                    deadLetters,
                    deadLetters + " items of " + run.sourceName()
                            + " came back broken and are set aside; `tactus dead-letters list` shows them");
        }
        if (!report.verdict().complete()) {
            enqueue(
                    Webhook.Kind.INCOMPLETE,
                    Severity.CRITICAL,
                    report.verdict().reasons().size(),
                    "run " + report.runId() + " of " + run.sourceName() + " is incomplete: "
                            + String.join("; ", report.verdict().reasons()));
        }
    }

    void enqueue(Webhook.Kind kind, Severity severity, long count, String text) {
        String body = json.writeValueAsString(Map.of(
                "text",
                text,
                "kind",
                kind.label(),
                "severity",
                severity.label(),
                "source",
                run.sourceName(),
                "run_id",
                run.runId(),
                "count",
                count));
        for (Webhook webhook : run.request().webhooks()) {
            if (webhook.on().contains(kind)) {
                run.ledger().alerts().enqueue(run.runId(), webhook.receiver(), kind.label(), severity, body);
            }
        }
    }
}
