package dev.tactus.source.contract;

import dev.tactus.music.Artist;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.TrackOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Where a track's fields stand in an item.
///
/// @param durationUnitMs milliseconds in one unit of the duration
/// @param artistId within one of `artists`, like `artistName`
public record TrackMetadataMapper(
        JsonPointer id,
        JsonPointer isrc,
        JsonPointer title,
        JsonPointer duration,
        long durationUnitMs,
        JsonPointer artists,
        Optional<JsonPointer> artistId,
        JsonPointer artistName,
        Optional<JsonPointer> explicit,
        Optional<JsonPointer> albumId,
        Optional<JsonPointer> albumTitle,
        Optional<JsonPointer> releaseDate)
        implements ItemMapper {

    @Override
    public TrackOutcome.TrackFound read(JsonNode item, String at) {
        Isrc found = JsonFields.requireIsrc(item, isrc, at);
        return new TrackOutcome.TrackFound(new Track(
                JsonFields.requireText(item, id, at),
                found,
                title(item, at),
                artists(item, at),
                durationMs(item, at),
                flag(item, at),
                optional(item, albumId),
                optional(item, albumTitle),
                optional(item, releaseDate)));
    }

    private String title(JsonNode item, String at) {
        JsonNode value = item.at(title);
        if (value.isString()) {
            return value.stringValue();
        }
        throw new ContractViolation(at + title, "schema", "expected a text, found " + JsonFields.shown(value));
    }

    private long durationMs(JsonNode item, String at) {
        long units = JsonFields.requireCount(item, duration, at);
        if (units > Long.MAX_VALUE / durationUnitMs) {
            throw new ContractViolation(at + duration, "count", "no track lasts as long as " + units);
        }
        return units * durationUnitMs;
    }

    private List<Artist> artists(JsonNode item, String at) {
        List<Artist> credited = new ArrayList<>();
        for (JsonNode artist : item.at(artists)) {
            String place = at + artists + "/" + credited.size();
            credited.add(new Artist(optional(artist, artistId), JsonFields.requireText(artist, artistName, place)));
        }
        return credited;
    }

    private @Nullable Boolean flag(JsonNode item, String at) {
        if (explicit.isEmpty()) {
            return null;
        }
        JsonNode value = item.at(explicit.get());
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        throw new ContractViolation(
                at + explicit.get(), "schema", "expected true or false, found " + JsonFields.shown(value));
    }

    private static @Nullable String optional(JsonNode item, Optional<JsonPointer> pointer) {
        return pointer.flatMap(p -> JsonFields.text(item.at(p))).orElse(null);
    }
}
