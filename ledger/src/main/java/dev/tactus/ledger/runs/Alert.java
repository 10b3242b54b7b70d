package dev.tactus.ledger.runs;

import dev.tactus.music.Severity;
import java.time.Instant;

/// A message to be sent, and how often that was tried.
///
/// @param receiver who gets it, by a stable name; never an address that holds a secret
/// @param kind what it is about, e.g. `drift`
/// @param lastError why the last attempt failed; empty before
public record Alert(
        long number,
        String runId,
        String receiver,
        String kind,
        Severity severity,
        String body,
        int attempts,
        Instant createdAt,
        String lastError) {}
