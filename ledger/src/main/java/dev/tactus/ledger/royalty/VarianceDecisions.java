package dev.tactus.ledger.royalty;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import dev.tactus.ledger.codec.ShortId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What people decided about rows whose two sides differ. One decision about a row is in force at most; nothing is ever
/// taken out.
public final class VarianceDecisions {
    private final Database database;
    private final InstantSource clock;

    public VarianceDecisions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Decides about a row; an earlier decision about it ends.
    public VarianceDecision decide(
            VarianceKey key, VarianceVerdict verdict, VarianceFigures figures, String comment, String by) {
        return database.write(session -> {
            Instant now = clock.instant();
            end(session, inForce(session, key), by, "decided anew", now);
            long number = session.number("SELECT coalesce(max(number), 0) + 1 AS n FROM variance_decision");
            String id = ShortId.of(Long.toString(number), key.toString(), now.toString());
            session.update(
                    """
                    INSERT INTO variance_decision (number, id, source, from_day, to_day, isrc, territory, usage_type,
                      verdict, api_count, report_count, revenues, comment, by, at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    number,
                    id,
                    key.source(),
                    key.from(),
                    key.to(),
                    key.isrc(),
                    key.territory(),
                    key.usageType(),
                    verdict.label(),
                    figures.apiCount().orElse(null),
                    figures.reportCount().orElse(null),
                    figures.revenues(),
                    comment,
                    by,
                    now);
            return new VarianceDecision(id, key, verdict, figures, comment, by, now, Optional.empty());
        });
    }

    /// Revokes a decision; the row is then undecided.
    ///
    /// @param id in full
    /// @throws IllegalArgumentException if none of that id is in force
    public void revoke(String id, String by, String reason) {
        database.writing(session -> {
            if (!end(session, Optional.of(id), by, reason, clock.instant())) {
                throw new IllegalArgumentException("no decision " + id + " is in force");
            }
        });
    }

    /// The decision of this id, or of the only id that begins so, in force or not.
    public Optional<VarianceDecision> find(String id) {
        return database.read(session -> ShortId.find(session, "variance_decision", id, VarianceDecisions::decision));
    }

    /// Those in force about a source's period, as they were made.
    public List<VarianceDecision> inForce(String source, LocalDate from, LocalDate to) {
        return database.read(session -> session.list("""
            SELECT * FROM variance_decision
            WHERE source = ? AND from_day = ? AND to_day = ? AND ended_at IS NULL
            ORDER BY number
            """, VarianceDecisions::decision, source, from, to));
    }

    /// All, ended ones too, as they were made.
    public List<VarianceDecision> list() {
        return database.read(session ->
                session.list("SELECT * FROM variance_decision ORDER BY number", VarianceDecisions::decision));
    }

    private static Optional<String> inForce(SqlSession session, VarianceKey key) {
        return session.first(
                """
                SELECT id FROM variance_decision
                WHERE source = ? AND from_day = ? AND to_day = ? AND isrc = ? AND territory = ? AND usage_type = ?
                  AND ended_at IS NULL
                """,
                row -> row.text("id"),
                key.source(),
                key.from(),
                key.to(),
                key.isrc(),
                key.territory(),
                key.usageType());
    }

    private static boolean end(SqlSession session, Optional<String> id, String by, String reason, Instant at) {
        return id.isPresent()
                && session.update(
                                "UPDATE variance_decision SET ended_by = ?, ended_reason = ?, ended_at = ?"
                                        + " WHERE id = ? AND ended_at IS NULL",
                                by,
                                reason,
                                at,
                                id.get())
                        == 1;
    }

    private static VarianceDecision decision(Row row) {
        return new VarianceDecision(
                row.text("id"),
                new VarianceKey(
                        row.text("source"),
                        row.day("from_day"),
                        row.day("to_day"),
                        row.text("isrc"),
                        row.text("territory"),
                        row.text("usage_type")),
                VarianceVerdict.valueOf(row.text("verdict").toUpperCase(Locale.ROOT)),
                new VarianceFigures(
                        row.optionalNumber("api_count"), row.optionalNumber("report_count"), row.text("revenues")),
                row.text("comment"),
                row.text("by"),
                row.instant("at"),
                row.optionalInstant("ended_at")
                        .map(at -> new VarianceDecision.Ending(row.text("ended_by"), row.text("ended_reason"), at)));
    }
}
