package dev.tactus.ledger.quality;

import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Something a source sent that can't be used, to be set aside.
///
/// @param endpoint which of the source's endpoints, by its name in the profile
/// @param isrc absent where the whole payload is refused
/// @param dataset absent for a resolve
/// @param day absent for a resolve
/// @param reason a stable snake_case word
/// @param pointer JSON pointer to the fault; empty for the whole payload
/// @param detail for a person
/// @param request path and query, no secrets
/// @param payloadSha256 of the body as received, in hex
public record NewDeadLetter(
        String runId,
        String source,
        String endpoint,
        @Nullable Isrc isrc,
        @Nullable Dataset dataset,
        @Nullable LocalDate day,
        String reason,
        String pointer,
        String detail,
        String request,
        String payloadSha256) {}
