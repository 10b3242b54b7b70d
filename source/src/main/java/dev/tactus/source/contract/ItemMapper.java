package dev.tactus.source.contract;

import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.TrackOutcome;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Reads one item of a payload into a [TrackOutcome].
public sealed interface ItemMapper permits TrackMetadataMapper, DailyCountMapper {
    /// Where the id stands; empty where an item has none.
    Optional<JsonPointer> id();

    /// Where the ISRC stands; empty where an item has none.
    Optional<JsonPointer> isrc();

    /// Reads the item, which has passed its schema.
    ///
    /// @param at the pointer of the item in its payload
    /// @param asked the recording and the day that were asked for
    /// @throws ContractViolation if it can't be read all the same
    TrackOutcome read(JsonNode item, String at, Asked asked);

    /// Where each of its fields stands in an item, by the name that it has in a profile.
    Map<String, JsonPointer> pointers();

    /// What it comes to that the service has nothing to say of a track.
    TrackOutcome empty();

    /// What an item is about where it doesn't say so itself.
    record Asked(RequestedTrack track, LocalDate day) {}

    /// The id an item carries, as far as it can be read.
    default Optional<String> idOf(JsonNode item) {
        return id().flatMap(pointer -> JsonFields.text(item.at(pointer)));
    }

    /// The ISRC an item carries, as it is written.
    default Optional<String> isrcOf(JsonNode item) {
        return isrc().flatMap(pointer -> JsonFields.text(item.at(pointer)));
    }
}
