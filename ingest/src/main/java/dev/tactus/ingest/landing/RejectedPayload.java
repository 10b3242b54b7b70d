package dev.tactus.ingest.landing;

import dev.tactus.ledger.quality.NewDeadLetter;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RecordedExchange;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Something that came back and can't be used, with the exchange that holds it.
///
/// @param dataset absent for a search response
/// @param day absent for a search response
public record RejectedPayload(
        Isrc isrc,
        @Nullable Dataset dataset,
        @Nullable LocalDate day,
        PayloadRejection rejection,
        RecordedExchange exchange) {
    NewDeadLetter letter(String runId, String source) {
        return new NewDeadLetter(
                runId,
                source,
                exchange.endpoint(),
                isrc,
                dataset,
                day,
                rejection.reason(),
                rejection.pointer(),
                rejection.detail(),
                exchange.request(),
                exchange.sha256());
    }
}
