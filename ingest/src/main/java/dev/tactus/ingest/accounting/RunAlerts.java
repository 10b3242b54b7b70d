package dev.tactus.ingest.accounting;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.run.AlertReceiver;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.music.Severity;
import dev.tactus.music.identifiers.MessageText;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Puts the alerts of a run into the outbox: one message for each kind, and for drift one for each severity.
///
/// A message is a JSON object with `text`, which chat services show, and the same as fields.
public final class RunAlerts {
    private final RunContext run;
    private final JsonMapper json = JsonMapper.shared();

    public RunAlerts(RunContext run) {
        this.run = run;
    }

    public void enqueueAll(SyncReport report) {
        report.drifts()
                .forEach((severity, count) -> enqueue(
                        AlertReceiver.AlertKind.DRIFT,
                        severity,
                        count,
                        count + " new differences (" + severity.label() + ") between " + run.sourceName()
                                + " and the catalog; `tactus drift list` shows them"));
        long deadLetters = report.counts().of(ItemState.DEAD_LETTERED);
        if (deadLetters > 0) {
            enqueue(
                    AlertReceiver.AlertKind.DEAD_LETTER,
                    Severity.WARNING,
                    deadLetters,
                    MessageText.counted(deadLetters, "item", "items") + " of " + run.sourceName()
                            + " became dead letters, since what came for them was invalid; `tactus dead-letters list` shows them");
        }
        if (!report.verdict().complete()) {
            enqueue(
                    AlertReceiver.AlertKind.INCOMPLETE,
                    Severity.CRITICAL,
                    report.verdict().reasons().size(),
                    "run " + report.runId() + " of " + run.sourceName() + " is incomplete: "
                            + String.join("; ", report.verdict().reasons()));
        }
    }

    void enqueue(AlertReceiver.AlertKind kind, Severity severity, long count, String text) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("text", text);
        message.put("kind", kind.label());
        message.put("severity", severity.label());
        message.put("source", run.sourceName());
        message.put("run_id", run.runId());
        message.put("count", count);
        String body = json.writeValueAsString(message);
        run.ledger().alerts().note(run.runId(), kind.label(), severity, body);
        for (AlertReceiver receiver : run.request().webhooks()) {
            if (receiver.on().contains(kind)) {
                run.ledger().alerts().enqueue(run.runId(), receiver.receiver(), kind.label(), severity, body);
            }
        }
    }
}
