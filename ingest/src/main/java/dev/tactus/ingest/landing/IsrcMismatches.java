package dev.tactus.ingest.landing;

import dev.tactus.music.Dataset;
import dev.tactus.music.Severity;
import dev.tactus.music.drift.Difference;
import dev.tactus.music.identifiers.Isrc;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Payloads about a recording's metadata that carry another recording's ISRC. They are rejected, and they are drift:
/// the source maps the ISRC to something else than the label does.
final class IsrcMismatches {
    private static final String REASON = "isrc_mismatch";

    private final JsonMapper json = JsonMapper.shared();

    /// One difference for each other ISRC that was received for a recording.
    List<Difference> among(Collection<RejectedPayload> rejected) {
        return rejected.stream().flatMap(this::difference).distinct().toList();
    }

    private Stream<Difference> difference(RejectedPayload payload) {
        boolean metadata = payload.dataset() == null || payload.dataset() == Dataset.TRACKS;
        if (!metadata || !payload.rejection().reason().equals(REASON)) {
            return Stream.empty();
        }
        Isrc isrc = payload.isrc();
        return found(payload).stream()
                .map(found -> new Difference(isrc, "isrc_mapping", isrc.value(), found, Severity.CRITICAL));
    }

    private Optional<String> found(RejectedPayload payload) {
        try {
            JsonNode value = json.readTree(payload.exchange().body())
                    .at(payload.rejection().pointer());
            return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
