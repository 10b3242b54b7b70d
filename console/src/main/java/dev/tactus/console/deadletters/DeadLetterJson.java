package dev.tactus.console.deadletters;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.ledger.quality.DeadLetter;
import dev.tactus.ledger.quality.NewDeadLetter;

/// A dead letter as JSON.
final class DeadLetterJson {
    private DeadLetterJson() {}

    static JsonObject fields(DeadLetter dead) {
        NewDeadLetter letter = dead.letter();
        return JsonObject.of("id", dead.id())
                .put("state", HumanFormat.label(dead.state()))
                .put("run_id", letter.runId())
                .put("source", letter.source())
                .put("endpoint", letter.endpoint())
                .put("isrc", letter.isrc() == null ? null : letter.isrc().value())
                .put(
                        "dataset",
                        letter.dataset() == null ? null : letter.dataset().label())
                .put("day", letter.day())
                .put("reason", letter.reason())
                .put("pointer", letter.pointer())
                .put("detail", letter.detail())
                .put("request", letter.request())
                .put("payload_sha256", letter.payloadSha256())
                .put("created_at", dead.createdAt());
    }
}
