package dev.tactus.ingest.share;

import dev.tactus.limits.pacing.Admission;
import java.time.Instant;

/// A pause as a line in the ledger: until when, the scope, the reason.
final class PauseText {
    private PauseText() {}

    static String write(Admission.Paused paused) {
        return paused.until() + " " + paused.scope() + " " + paused.reason();
    }

    static Admission read(String line) {
        String[] parts = line.split(" ", 3);
        return new Admission.Paused(parts[1], Instant.parse(parts[0]), parts[2]);
    }
}
