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

/// Answers about what a recording is that carry another recording's ISRC. They are set aside, and they are drift: the
/// source maps the ISRC to something else than the label does.
final class IsrcMismatches {
    private static final String REASON = "isrc_mismatch";

    private final JsonMapper json = JsonMapper.shared();

    /// One difference for each other ISRC that a recording was answered with.
    List<Difference> among(Collection<RejectedPayload> setAside) {
        return setAside.stream().flatMap(this::difference).distinct().toList();
    }

    private Stream<Difference> difference(RejectedPayload aside) {
        boolean metadata = aside.dataset() == null || aside.dataset() == Dataset.TRACKS;
        if (!metadata || !aside.why().reason().equals(REASON)) {
            return Stream.empty();
        }
        Isrc isrc = aside.isrc();
        return found(aside).stream()
                .map(found -> new Difference(isrc, "isrc_mapping", isrc.value(), found, Severity.CRITICAL));
    }

    private Optional<String> found(RejectedPayload aside) {
        try {
            JsonNode value =
                    json.readTree(aside.exchange().body()).at(aside.why().pointer());
            return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
