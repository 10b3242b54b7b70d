package dev.tactus.ledger.catalog;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import dev.tactus.ledger.codec.IsrcNumber;
import dev.tactus.ledger.codec.TextList;
import dev.tactus.music.identifiers.Isrc;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The sources' own ids of recordings, kept over runs so that a second day needs no searches.
public final class Resolutions {
    private final Database database;

    public Resolutions(Database database) {
        this.database = database;
    }

    /// Records what the source said; takes the place of what was known.
    public void record(String source, Collection<? extends Resolution> resolutions) {
        String sql = """
            INSERT INTO resolution (source, recording, asked, track_ids, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (source, recording) DO UPDATE SET asked = excluded.asked, track_ids = excluded.track_ids,
              at = excluded.at
            """;
        database.writing(session -> {
            changed(session, source);
            for (Resolution resolution : resolutions) {
                int asked = switch (resolution) {
                    case Resolution.Found found -> 0;
                    case Resolution.Absent absent -> absent.asked();
                };
                List<String> trackIds = switch (resolution) {
                    case Resolution.Found found -> found.trackIds();
                    case Resolution.Absent absent -> List.of();
                };
                session.update(
                        sql,
                        source,
                        IsrcNumber.of(resolution.isrc()),
                        asked,
                        TextList.encode(trackIds),
                        resolution.at());
            }
        });
    }

    /// Notes that what is known of a source's recordings has changed.
    static void changed(SqlSession session, String source) {
        session.update(
                "INSERT INTO source_change (source, change) VALUES (?, 1)"
                        + " ON CONFLICT (source) DO UPDATE SET change = source_change.change + 1",
                source);
    }

    /// What is known of these, however old.
    public Map<Isrc, Resolution> find(String source, Collection<Isrc> isrcs) {
        String sql = "SELECT * FROM resolution WHERE source = ? AND recording = ?";
        return database.read(session -> {
            Map<Isrc, Resolution> known = LinkedHashMap.newLinkedHashMap(isrcs.size());
            for (Isrc isrc : isrcs) {
                session.first(sql, Resolutions::resolution, source, IsrcNumber.of(isrc))
                        .ifPresent(resolution -> known.put(isrc, resolution));
            }
            return known;
        });
    }

    /// Those of these that are fresh.
    public Map<Isrc, Resolution> find(String source, Collection<Isrc> isrcs, Freshness fresh) {
        Map<Isrc, Resolution> known = find(source, isrcs);
        known.values().removeIf(resolution -> !fresh.holds(resolution));
        return known;
    }

    /// How many active recordings have no fresh resolution: the searches a plan needs.
    public long unresolved(String source, Freshness fresh) {
        String sql = """
            SELECT count(*) AS n FROM recording r WHERE r.generation = %s
              AND NOT EXISTS (SELECT 1 FROM resolution x WHERE x.source = ? AND x.recording = r.id AND %s)
            """.formatted(Recordings.GENERATION, Freshness.SQL);
        return number(sql, source, fresh);
    }

    /// How many track ids the active recordings with a fresh resolution have together.
    public long freshTrackIds(String source, Freshness fresh) {
        // each id is a line of its own
        String sql = """
            SELECT coalesce(sum(length(x.track_ids) - length(replace(x.track_ids, '%s', ''))), 0) AS n
            FROM recording r JOIN resolution x ON x.source = ? AND x.recording = r.id AND %s
            WHERE r.generation = %s
            """.formatted("\n", Freshness.SQL, Recordings.GENERATION);
        return number(sql, source, fresh);
    }

    private long number(String sql, String source, Freshness fresh) {
        return database.read(session -> session.number(
                sql,
                source,
                fresh.now(),
                fresh.now(),
                fresh.periodMicros(),
                fresh.periodMicros(),
                fresh.asks(),
                fresh.absentSince()));
    }

    private static Resolution resolution(Row row) {
        Isrc isrc = IsrcNumber.toIsrc(row.number("recording"));
        int asked = row.integer("asked");
        return asked == 0
                ? new Resolution.Found(isrc, TextList.decodePresent(row.text("track_ids")), row.instant("at"))
                : new Resolution.Absent(isrc, asked, row.instant("at"));
    }
}
