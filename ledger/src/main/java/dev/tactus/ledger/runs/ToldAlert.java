package dev.tactus.ledger.runs;

import dev.tactus.music.Severity;
import java.time.Instant;

/// What a run was worth an alert for, and who has been told.
///
/// @param kind what it is about, e.g. `drift`
/// @param body the message, a JSON object
/// @param receivers who are to get it
/// @param delivered those of them that have it
public record ToldAlert(
        String runId, String kind, Severity severity, String body, Instant createdAt, int receivers, int delivered) {}
