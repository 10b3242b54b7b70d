package dev.tactus.lake.publication;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a person decided that a text in reports means, as the lake's table `report_decisions` holds it.
///
/// @param revokedBy who took it back; null where it holds
public record ReportDecisionRow(
        String subject,
        String sender,
        String text,
        String meaning,
        String by,
        Instant at,
        @Nullable String revokedBy,
        @Nullable Instant revokedAt) {}
