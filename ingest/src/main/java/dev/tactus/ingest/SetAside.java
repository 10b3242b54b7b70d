package dev.tactus.ingest;

import dev.tactus.ledger.NewDeadLetter;
import dev.tactus.music.Dataset;
import dev.tactus.music.Isrc;
import dev.tactus.source.Exchange;
import dev.tactus.source.Refusal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Something that came back and can't be used, with the payload that holds it.
///
/// @param dataset absent for an answer to a search
/// @param day absent for an answer to a search
record SetAside(
        Isrc isrc, @Nullable Dataset dataset, @Nullable LocalDate day, Refusal why, Exchange exchange) {
    NewDeadLetter letter(String runId, String source) {
        return new NewDeadLetter(
                runId,
                source,
                exchange.endpoint(),
                isrc,
                dataset,
                day,
                why.reason(),
                why.pointer(),
                why.detail(),
                exchange.request(),
                exchange.sha256());
    }
}
