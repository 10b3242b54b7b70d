package dev.tactus.ledger.catalog;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import dev.tactus.ledger.codec.IsrcNumber;
import dev.tactus.ledger.codec.TextList;
import dev.tactus.music.Recording;
import dev.tactus.music.identifiers.Isrc;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The label's catalog. Recordings of earlier catalogs are kept, inactive.
public final class Recordings {
    /// Counts the catalogs; a recording is active when it is of the last one.
    public static final String GENERATION = "(SELECT max(generation) FROM catalog)";

    private static final int PAGE = 5_000;

    private final Database database;
    private final InstantSource clock;

    public Recordings(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Makes these the active recordings, all or none of them. Read as a stream; of an ISRC that comes twice the last
    /// holds.
    ///
    /// @param catalogHash tells one catalog's content from another's
    /// @return how many are active now
    public long replaceWith(String catalogHash, Iterator<Recording> recordings) {
        return database.write(session -> {
            session.update("INSERT INTO catalog (hash, recordings, at) VALUES (?, 0, ?)", catalogHash, clock.instant());
            long generation = session.number("SELECT max(generation) AS n FROM catalog");
            while (recordings.hasNext()) {
                put(session, generation, recordings.next());
            }
            long count = session.number("SELECT count(*) AS n FROM recording WHERE generation = ?", generation);
            session.update("UPDATE catalog SET recordings = ? WHERE generation = ?", count, generation);
            return count;
        });
    }

    /// The hash of the active catalog; empty before the first.
    public Optional<String> hash() {
        return database.read(session ->
                session.first("SELECT hash FROM catalog ORDER BY generation DESC LIMIT 1", row -> row.text("hash")));
    }

    /// The labels of the active ones, those with most recordings first.
    public List<String> labels(int most) {
        String sql = "SELECT label FROM recording WHERE label IS NOT NULL AND label <> '' AND generation = "
                + GENERATION + " GROUP BY label ORDER BY count(*) DESC, label LIMIT ?";
        return database.read(session -> session.list(sql, row -> row.text("label"), most));
    }

    /// How many are active.
    public long count() {
        return database.read(session -> session.first(
                        "SELECT recordings AS n FROM catalog ORDER BY generation DESC LIMIT 1", row -> row.number("n"))
                .orElse(0L));
    }

    /// Those of these that any catalog held, active or not.
    public Map<Isrc, Recording> find(Collection<Isrc> isrcs) {
        return database.read(session -> {
            Map<Isrc, Recording> found = LinkedHashMap.newLinkedHashMap(isrcs.size());
            for (Isrc isrc : isrcs) {
                session.first("SELECT * FROM recording WHERE id = ?", Recordings::recording, IsrcNumber.of(isrc))
                        .ifPresent(recording -> found.put(isrc, recording));
            }
            return found;
        });
    }

    /// Those of these that are active.
    public Set<Isrc> active(Collection<Isrc> isrcs) {
        String sql = "SELECT id FROM recording WHERE id = ? AND generation = " + GENERATION;
        return database.read(session -> {
            Set<Isrc> active = LinkedHashSet.newLinkedHashSet(isrcs.size());
            for (Isrc isrc : isrcs) {
                if (session.first(sql, row -> row.number("id"), IsrcNumber.of(isrc))
                        .isPresent()) {
                    active.add(isrc);
                }
            }
            return active;
        });
    }

    /// The active recordings, page by page.
    public List<Recording> active(PlanPage page) {
        String sql = """
            SELECT * FROM recording
            WHERE (order_key, id) > (?, ?) AND generation = %s
            ORDER BY order_key, id LIMIT ?
            """.formatted(GENERATION);
        return database.read(session -> {
            PlanPosition start = start(session, page);
            return session.list(sql, Recordings::recording, start.key(), start.recording(), page.limit());
        });
    }

    /// All active recordings, in the order of a plan, read page by page as they are taken.
    public Stream<Recording> active() {
        PlanPage first = PlanPage.first(PAGE);
        return Stream.iterate(
                        active(first),
                        page -> !page.isEmpty(),
                        page -> active(first.after(page.getLast().isrc())))
                .flatMap(List::stream);
    }

    /// Where a page over all recordings begins.
    public static PlanPosition start(SqlSession session, PlanPage page) {
        return page.after()
                .map(isrc -> session.first(
                                "SELECT order_key, id FROM recording WHERE id = ?",
                                row -> new PlanPosition(row.number("order_key"), row.number("id")),
                                IsrcNumber.of(isrc))
                        .orElseThrow(() -> new IllegalArgumentException("no catalog has held " + isrc)))
                .orElse(PlanPosition.BEFORE_ALL);
    }

    private static void put(SqlSession session, long generation, Recording recording) {
        session.update(
                """
                INSERT INTO recording (id, isrc, generation, order_key, title, artists, artist_credit, duration_ms, upc,
                  explicit, label, release_date, territories)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET generation = excluded.generation, order_key = excluded.order_key,
                  title = excluded.title, artists = excluded.artists, artist_credit = excluded.artist_credit,
                  duration_ms = excluded.duration_ms, upc = excluded.upc, explicit = excluded.explicit,
                  label = excluded.label, release_date = excluded.release_date, territories = excluded.territories
                """,
                IsrcNumber.of(recording.isrc()),
                recording.isrc().value(),
                generation,
                -(long) recording.priority(),
                recording.title(),
                TextList.encode(recording.artists()),
                recording.artistCredit(),
                recording.durationMs(),
                recording.upc(),
                recording.explicit(),
                recording.label(),
                recording.releaseDate(),
                TextList.encode(recording.territories()));
    }

    private static Recording recording(Row row) {
        return new Recording(
                IsrcNumber.toIsrc(row.number("id")),
                row.textOrNull("title"),
                TextList.decodePresent(row.text("artists")),
                row.textOrNull("artist_credit"),
                row.numberOrNull("duration_ms"),
                row.textOrNull("upc"),
                row.flagOrNull("explicit"),
                row.textOrNull("label"),
                row.textOrNull("release_date"),
                TextList.decodePresent(row.text("territories")),
                Math.toIntExact(-row.number("order_key")));
    }
}
