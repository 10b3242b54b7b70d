package dev.tactus.source.contract;

import dev.tactus.source.response.TrackOutcome;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Reads one item of a payload into a [TrackOutcome].
public sealed interface ItemMapper permits TrackMetadataMapper, DailyCountMapper {
    JsonPointer id();

    JsonPointer isrc();

    /// Reads the item, which has passed its schema.
    ///
    /// @param at the pointer of the item in its payload
    /// @throws ContractViolation if it can't be read all the same
    TrackOutcome read(JsonNode item, String at);

    /// The id an item carries, as far as it can be read.
    default Optional<String> idOf(JsonNode item) {
        return JsonFields.text(item.at(id()));
    }

    /// The ISRC an item carries, as it is written.
    default Optional<String> isrcOf(JsonNode item) {
        return JsonFields.text(item.at(isrc()));
    }
}
