package dev.tactus.ledger.catalog;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import dev.tactus.ledger.codec.IsrcNumber;
import dev.tactus.ledger.codec.TextList;
import dev.tactus.music.Artist;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What each source said a recording is when it was last asked.
public final class SeenTracks {
    private final Database database;

    public SeenTracks(Database database) {
        this.database = database;
    }

    /// Takes the place of what was known of these recordings.
    public void record(String source, Map<Isrc, List<Track>> tracks) {
        database.writing(session -> {
            Resolutions.changed(session, source);
            tracks.forEach((isrc, seen) -> {
                session.update(
                        "DELETE FROM seen_track WHERE source = ? AND recording = ?", source, IsrcNumber.of(isrc));
                for (int place = 0; place < seen.size(); place++) {
                    insert(session, source, isrc, place, seen.get(place));
                }
            });
        });
    }

    /// What was last seen of these; recordings never seen are left out.
    public Map<Isrc, List<Track>> find(String source, Collection<Isrc> isrcs) {
        String sql = "SELECT * FROM seen_track WHERE source = ? AND recording = ? ORDER BY place";
        return database.read(session -> {
            Map<Isrc, List<Track>> found = LinkedHashMap.newLinkedHashMap(isrcs.size());
            for (Isrc isrc : isrcs) {
                List<Track> tracks = session.list(sql, SeenTracks::track, source, IsrcNumber.of(isrc));
                if (!tracks.isEmpty()) {
                    found.put(isrc, tracks);
                }
            }
            return found;
        });
    }

    private static void insert(SqlSession session, String source, Isrc isrc, int place, Track track) {
        if (!track.isrc().equals(isrc)) {
            throw new IllegalArgumentException("track " + track.id() + " is of " + track.isrc() + ", not of " + isrc);
        }
        session.update(
                """
                INSERT INTO seen_track (source, recording, place, track_id, title, artists, duration_ms, explicit,
                  album_id, album_title, release_date)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                source,
                IsrcNumber.of(isrc),
                place,
                track.id(),
                track.title(),
                artists(track.artists()),
                track.durationMs(),
                track.explicit(),
                track.albumId(),
                track.albumTitle(),
                track.releaseDate());
    }

    private static Track track(Row row) {
        return new Track(
                row.text("track_id"),
                IsrcNumber.toIsrc(row.number("recording")),
                row.text("title"),
                artists(row.text("artists")),
                row.number("duration_ms"),
                row.flagOrNull("explicit"),
                row.textOrNull("album_id"),
                row.textOrNull("album_title"),
                row.textOrNull("release_date"));
    }

    /// Two lines for each artist: the id, the name.
    private static String artists(List<Artist> artists) {
        List<@Nullable String> lines = new ArrayList<>();
        for (Artist artist : artists) {
            lines.add(artist.id());
            lines.add(artist.name());
        }
        return TextList.encode(lines);
    }

    private static List<Artist> artists(String text) {
        List<@Nullable String> lines = TextList.decode(text);
        List<Artist> artists = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            String name = lines.get(i + 1);
            if (name == null) {
                throw new IllegalStateException("an artist in the ledger has no name: " + text);
            }
            artists.add(new Artist(lines.get(i), name));
        }
        return artists;
    }
}
