package dev.tactus.ledger.quality;

import dev.tactus.database.Database;
import dev.tactus.database.KeysetPages;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import dev.tactus.ledger.codec.IsrcNumber;
import dev.tactus.ledger.codec.ShortId;
import dev.tactus.music.Severity;
import dev.tactus.music.drift.Difference;
import dev.tactus.music.identifiers.Isrc;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The differences between what sources say and what was expected.
public final class Drifts {
    private static final int PAGE = 1_000;

    private final Database database;
    private final InstantSource clock;

    public Drifts(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Takes note of what a run saw. An open drift of an examined recording that is not among the differences is
    /// resolved; an accepted one stays accepted.
    ///
    /// @param examined the recordings that were compared, with or without a difference
    /// @return only news: neither open nor accepted before
    public List<Drift> report(
            String source, String runId, Collection<Isrc> examined, Collection<Difference> differences) {
        Map<String, Difference> seen = LinkedHashMap.newLinkedHashMap(differences.size());
        for (Difference difference : differences) {
            seen.merge(id(source, difference), difference, Drifts::moreSevere);
        }
        return database.write(session -> {
            Instant now = clock.instant();
            for (Isrc isrc : examined) {
                for (String open : openOf(session, source, isrc)) {
                    if (!seen.containsKey(open)) {
                        state(session, open, DriftState.RESOLVED);
                    }
                }
            }
            List<Drift> news = new ArrayList<>();
            seen.forEach((id, difference) -> {
                if (see(session, id, source, runId, difference, now)) {
                    news.add(find(id).orElseThrow());
                }
            });
            return news;
        });
    }

    /// Open ones, the most severe first.
    public List<Drift> open(int limit) {
        String sql = """
            SELECT * FROM drift WHERE state = 'OPEN'
            ORDER BY CASE severity WHEN 'CRITICAL' THEN 0 WHEN 'WARNING' THEN 1 ELSE 2 END, recording, field, id
            LIMIT ?
            """;
        return database.read(session -> session.list(sql, Drifts::drift, limit));
    }

    public long count(DriftState state) {
        return database.read(
                session -> session.number("SELECT count(*) AS n FROM drift WHERE state = ?", state.name()));
    }

    /// How many were news to a run.
    public long newsOf(String runId) {
        return database.read(session -> session.number("SELECT count(*) AS n FROM drift WHERE run = ?", runId));
    }

    /// By id, or by the beginning of an id that fits only one.
    public Optional<Drift> find(String id) {
        return database.read(session -> ShortId.find(session, "drift", id, Drifts::drift));
    }

    /// Says, on the record, that what the source says is right. An acceptance keeps its first time.
    ///
    /// @param id in full, or the beginning of an id that fits only one
    /// @return the drift, accepted; empty where there is none
    public Optional<Drift> accept(String id) {
        return database.write(session -> find(id).flatMap(drift -> {
            session.update(
                    "UPDATE drift SET state = ?, accepted_at = coalesce(accepted_at, ?) WHERE id = ?",
                    DriftState.ACCEPTED.name(),
                    clock.instant(),
                    drift.id());
            return find(drift.id());
        }));
    }

    /// All of a source in any state, read page by page, by id; can be iterated more than once.
    public Iterable<Drift> all(String source) {
        String sql = "SELECT * FROM drift WHERE source = ? AND id > ? ORDER BY id LIMIT ?";
        return new KeysetPages<>(last -> database.read(session ->
                session.list(sql, Drifts::drift, source, last.map(Drift::id).orElse(""), PAGE)));
    }

    private static List<String> openOf(SqlSession session, String source, Isrc isrc) {
        return session.list(
                "SELECT id FROM drift WHERE source = ? AND recording = ? AND state = 'OPEN'",
                row -> row.text("id"),
                source,
                IsrcNumber.of(isrc));
    }

    private static void state(SqlSession session, String id, DriftState state) {
        session.update("UPDATE drift SET state = ? WHERE id = ?", state.name(), id);
    }

    /// Whether it is news.
    private static boolean see(
            SqlSession session, String id, String source, String runId, Difference difference, Instant now) {
        boolean known =
                session.update("""
                    UPDATE drift SET expected = ?, severity = ?, seen_at = ?
                    WHERE id = ? AND state IN ('OPEN', 'ACCEPTED')
                    """, difference.expected(), difference.severity().name(), now, id) > 0;
        if (!known) {
            session.update(
                    """
                    INSERT INTO drift (id, source, recording, field, expected, found, severity, state, run, detected_at,
                      seen_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'OPEN', ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET expected = excluded.expected, severity = excluded.severity,
                      state = excluded.state, run = excluded.run, detected_at = excluded.detected_at,
                      seen_at = excluded.seen_at
                    """,
                    id,
                    source,
                    IsrcNumber.of(difference.isrc()),
                    difference.field(),
                    difference.expected(),
                    difference.found(),
                    difference.severity().name(),
                    runId,
                    now,
                    now);
        }
        return !known;
    }

    private static Difference moreSevere(Difference one, Difference other) {
        return other.severity().compareTo(one.severity()) > 0 ? other : one;
    }

    private static String id(String source, Difference difference) {
        return ShortId.of(source, difference.isrc().value(), difference.field(), difference.found());
    }

    private static Drift drift(Row row) {
        Difference difference = new Difference(
                IsrcNumber.toIsrc(row.number("recording")),
                row.text("field"),
                row.text("expected"),
                row.text("found"),
                Severity.valueOf(row.text("severity")));
        return new Drift(
                row.text("id"),
                row.text("source"),
                difference,
                DriftState.valueOf(row.text("state")),
                row.text("run"),
                row.instant("detected_at"),
                row.instant("seen_at"),
                row.optionalInstant("accepted_at"));
    }
}
