package dev.tactus.ledger.royalty;

import java.time.Instant;

/// Something that was done to a report.
///
/// @param what such as `imported`, `replaced`, `voided`
/// @param by who did it; empty for the program itself
public record ReportEvent(String reportId, String what, String by, String reason, Instant at) {}
