package dev.tactus.console.drift;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.ledger.quality.Drift;

/// A difference from the catalog as JSON.
final class DriftJson {
    private DriftJson() {}

    static JsonObject fields(Drift drift) {
        return JsonObject.of("id", drift.id())
                .put("source", drift.source())
                .put("isrc", drift.difference().isrc().value())
                .put("field", drift.difference().field())
                .put("expected", drift.difference().expected())
                .put("found", drift.difference().found())
                .put("severity", drift.difference().severity().label())
                .put("state", HumanFormat.label(drift.state()))
                .put("detected_at", drift.detectedAt());
    }
}
