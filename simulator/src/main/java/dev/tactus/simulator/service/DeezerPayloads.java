package dev.tactus.simulator.service;

import dev.tactus.music.Artist;
import dev.tactus.music.Track;
import dev.tactus.simulator.catalog.SplitMix;
import java.nio.ByteBuffer;

/// Writes the bodies of Deezer's API: whole seconds, and errors inside HTTP 200.
final class DeezerPayloads {
    private DeezerPayloads() {}

    static ByteBuffer track(Track track, JsonBody json) {
        json.object();
        json.number("id", number(track.id()));
        json.flag("readable", true);
        json.text("title", track.title());
        json.text("isrc", track.isrc().value());
        json.text("link", "https://www.deezer.com/track/" + number(track.id()));
        json.number("duration", track.durationMs() / 1000);
        json.number("rank", Math.floorMod(track.id().hashCode(), 1_000_000));
        json.text("release_date", day(String.valueOf(track.releaseDate())));
        json.flag("explicit_lyrics", Boolean.TRUE.equals(track.explicit()));
        if (json.list("contributors")) {
            for (Artist artist : track.artists()) {
                artist(json, artist);
            }
            json.endList();
        }
        if (!track.artists().isEmpty() && json.object("artist")) {
            json.number("id", number(String.valueOf(track.artists().getFirst().id())));
            json.text("name", track.artists().getFirst().name());
            json.endObject();
        }
        if (json.object("album")) {
            json.number("id", number(String.valueOf(track.albumId())));
            json.text("title", String.valueOf(track.albumTitle()));
            json.text("type", "album");
            json.endObject();
        }
        json.text("type", "track");
        json.endObject();
        return json.done();
    }

    /// An error, told as Deezer does.
    static ByteBuffer error(String type, String message, int code) {
        JsonBody json = new JsonBody(120);
        json.object();
        json.object("error");
        json.text("type", type);
        json.text("message", message);
        json.number("code", code);
        json.endObject();
        json.endObject();
        return json.done();
    }

    private static void artist(JsonBody json, Artist artist) {
        json.object();
        json.number("id", number(String.valueOf(artist.id())));
        json.text("name", artist.name());
        json.text("role", "Main");
        json.endObject();
    }

    /// Ids are numbers there.
    private static long number(String id) {
        return 1_000_000_000L + Math.floorMod(SplitMix.of(0, id), 9_000_000_000L);
    }

    private static String day(String date) {
        return switch (date.length()) {
            case 4 -> date + "-01-01";
            case 7 -> date + "-01";
            default -> date;
        };
    }
}
