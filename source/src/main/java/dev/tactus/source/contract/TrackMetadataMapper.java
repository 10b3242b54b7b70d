package dev.tactus.source.contract;

import dev.tactus.music.Artist;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.TrackOutcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Where a track's fields stand in an item.
///
/// @param id the ISRC counts where an item has none
/// @param artists where the list of artists stands; the item itself names its only one where empty
/// @param artistId within one of `artists`, like `artistName`
/// @param artistName empty where the service tells of no artists
public record TrackMetadataMapper(
        Optional<JsonPointer> id,
        Optional<JsonPointer> isrc,
        Optional<JsonPointer> title,
        Optional<Length> duration,
        Optional<JsonPointer> artists,
        Optional<JsonPointer> artistId,
        Optional<JsonPointer> artistName,
        Optional<Flag> explicit,
        Optional<JsonPointer> albumId,
        Optional<JsonPointer> albumTitle,
        Optional<JsonPointer> releaseDate)
        implements ItemMapper {

    /// Where a duration stands.
    ///
    /// @param unitMs milliseconds in one unit; 0 for one as ISO 8601 writes it, such as `PT4M44S`
    public record Length(JsonPointer pointer, long unitMs) {}

    /// Where a flag stands.
    ///
    /// @param says the text that means yes, where it is a text
    public record Flag(JsonPointer pointer, Optional<String> says) {}

    @Override
    public TrackOutcome.TrackFound read(JsonNode item, String at, Asked asked) {
        Isrc found = isrc.isPresent()
                ? JsonFields.requireIsrc(item, isrc.get(), at)
                : asked.track().isrc();
        return new TrackOutcome.TrackFound(new Track(
                id.isPresent()
                        ? JsonFields.requireText(item, id.get(), at)
                        : asked.track().id(),
                found,
                title.isPresent() ? title(item, title.get(), at) : "",
                artists(item, at),
                duration.isPresent() ? durationMs(item, duration.get(), at) : 0,
                flag(item, at),
                optional(item, albumId),
                optional(item, albumTitle),
                optional(item, releaseDate)));
    }

    @Override
    public TrackOutcome empty() {
        return new TrackOutcome.Missing();
    }

    @Override
    public Map<String, JsonPointer> pointers() {
        Map<String, JsonPointer> pointers = new LinkedHashMap<>();
        id.ifPresent(pointer -> pointers.put("id", pointer));
        isrc.ifPresent(pointer -> pointers.put("isrc", pointer));
        title.ifPresent(pointer -> pointers.put("title", pointer));
        duration.ifPresent(length -> pointers.put("duration", length.pointer()));
        artists.or(() -> artistName).ifPresent(pointer -> pointers.put("artists", pointer));
        explicit.ifPresent(flag -> pointers.put("explicit", flag.pointer()));
        albumId.ifPresent(pointer -> pointers.put("album_id", pointer));
        albumTitle.ifPresent(pointer -> pointers.put("album_title", pointer));
        releaseDate.ifPresent(pointer -> pointers.put("release_date", pointer));
        return pointers;
    }

    private static String title(JsonNode item, JsonPointer pointer, String at) {
        JsonNode value = item.at(pointer);
        if (value.isString()) {
            return value.stringValue();
        }
        throw new ContractViolation(at + pointer, "schema", "expected a text, found " + JsonFields.shown(value));
    }

    private static long durationMs(JsonNode item, Length length, String at) {
        JsonNode value = item.at(length.pointer());
        if (value.isNull() || value.isMissingNode()) {
            return 0;
        }
        if (length.unitMs() == 0) {
            try {
                return Duration.parse(value.asString("")).toMillis();
            } catch (DateTimeException e) {
                throw new ContractViolation(
                        at + length.pointer(),
                        "schema",
                        "expected a duration such as PT4M44S, found " + JsonFields.shown(value));
            }
        }
        long units = JsonFields.requireCount(item, length.pointer(), at);
        if (units > Long.MAX_VALUE / length.unitMs()) {
            throw new ContractViolation(at + length.pointer(), "count", "no track lasts as long as " + units);
        }
        return units * length.unitMs();
    }

    private List<Artist> artists(JsonNode item, String at) {
        if (artistName.isEmpty()) {
            return List.of();
        }
        if (artists.isEmpty()) {
            return List.of(new Artist(optional(item, artistId), JsonFields.requireText(item, artistName.get(), at)));
        }
        List<Artist> credited = new ArrayList<>();
        for (JsonNode artist : item.at(artists.get())) {
            String place = at + artists.get() + "/" + credited.size();
            credited.add(
                    new Artist(optional(artist, artistId), JsonFields.requireText(artist, artistName.get(), place)));
        }
        return credited;
    }

    private @Nullable Boolean flag(JsonNode item, String at) {
        if (explicit.isEmpty()) {
            return null;
        }
        JsonNode value = item.at(explicit.get().pointer());
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (explicit.get().says().isPresent() && value.isString()) {
            return value.stringValue().equals(explicit.get().says().get());
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        throw new ContractViolation(
                at + explicit.get().pointer(), "schema", "expected true or false, found " + JsonFields.shown(value));
    }

    private static @Nullable String optional(JsonNode item, Optional<JsonPointer> pointer) {
        return pointer.flatMap(p -> JsonFields.text(item.at(p))).orElse(null);
    }
}
