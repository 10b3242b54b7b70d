package dev.tactus.ledger.quality;

import java.time.Instant;

/// Who gave a dead letter up, and why.
public record Dismissal(String by, String reason, Instant at) {}
