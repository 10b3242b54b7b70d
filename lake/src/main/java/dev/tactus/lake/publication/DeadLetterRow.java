package dev.tactus.lake.publication;

import dev.tactus.lake.table.Preconditions;
import org.jspecify.annotations.Nullable;

/// One payload, or part of one, that was set aside, as the ledger knows it.
///
/// @param isrc absent where the payload is about several recordings or none
/// @param pointer JSON pointer to what is wrong; absent where the whole payload is
public record DeadLetterRow(
        String id,
        String runId,
        String source,
        String endpoint,
        @Nullable String isrc,
        String reason,
        @Nullable String pointer,
        @Nullable String payloadSha256,
        String state) {
    public DeadLetterRow {
        Preconditions.notBlank("id", id);
    }
}
