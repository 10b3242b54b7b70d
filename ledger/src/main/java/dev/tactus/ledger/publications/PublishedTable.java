package dev.tactus.ledger.publications;

import java.time.Instant;

/// One table's commit: the proof that rows have landed.
public record PublishedTable(String table, long snapshotId, long rows, Instant at) {}
