package dev.tactus.source;

import dev.tactus.music.Artist;
import dev.tactus.music.Isrc;
import dev.tactus.music.Track;
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
record TrackMapping(
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
        implements ItemMapping {

    @Override
    public Reading.TrackFound read(JsonNode item, String at) {
        Isrc found = Fields.requireIsrc(item, isrc, at);
        return new Reading.TrackFound(new Track(
                Fields.requireText(item, id, at),
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
        throw new AgainstContract(at + title, "schema", "expected a text, found " + Fields.shown(value));
    }

    private long durationMs(JsonNode item, String at) {
        long units = Fields.requireCount(item, duration, at);
        if (units > Long.MAX_VALUE / durationUnitMs) {
            throw new AgainstContract(at + duration, "count", "no track lasts as long as " + units);
        }
        return units * durationUnitMs;
    }

    private List<Artist> artists(JsonNode item, String at) {
        List<Artist> credited = new ArrayList<>();
        for (JsonNode artist : item.at(artists)) {
            String place = at + artists + "/" + credited.size();
            credited.add(new Artist(optional(artist, artistId), Fields.requireText(artist, artistName, place)));
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
        throw new AgainstContract(
                at + explicit.get(), "schema", "expected true or false, found " + Fields.shown(value));
    }

    private static @Nullable String optional(JsonNode item, Optional<JsonPointer> pointer) {
        return pointer.flatMap(p -> Fields.text(item.at(p))).orElse(null);
    }
}
