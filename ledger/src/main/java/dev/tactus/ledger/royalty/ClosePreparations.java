package dev.tactus.ledger.royalty;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Closes that wait for a second person: at most one of a source's period.
public final class ClosePreparations {
    private final Database database;

    public ClosePreparations(Database database) {
        this.database = database;
    }

    /// Takes the place of an earlier one.
    public void put(ClosePreparation one) {
        database.writing(session -> session.update(
                """
                INSERT INTO close_preparation
                  (source, from_day, to_day, by, os_user, person, reason, reconciliation, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (source, from_day, to_day) DO UPDATE SET by = excluded.by, os_user = excluded.os_user,
                  person = excluded.person, reason = excluded.reason, reconciliation = excluded.reconciliation,
                  at = excluded.at
                """,
                one.source(),
                one.from(),
                one.to(),
                one.by(),
                one.user(),
                one.person().orElse(null),
                one.reason().orElse(null),
                one.reconciliation(),
                one.at()));
    }

    public Optional<ClosePreparation> find(String source, LocalDate from, LocalDate to) {
        return database.read(session -> session.first(
                "SELECT * FROM close_preparation WHERE source = ? AND from_day = ? AND to_day = ?",
                ClosePreparations::preparation,
                source,
                from,
                to));
    }

    /// All, by source and days.
    public List<ClosePreparation> list() {
        return database.read(session -> session.list(
                "SELECT * FROM close_preparation ORDER BY source, from_day, to_day", ClosePreparations::preparation));
    }

    /// It was approved, or is no longer wanted.
    public void remove(String source, LocalDate from, LocalDate to) {
        database.writing(session -> session.update(
                "DELETE FROM close_preparation WHERE source = ? AND from_day = ? AND to_day = ?", source, from, to));
    }

    private static ClosePreparation preparation(Row row) {
        return new ClosePreparation(
                row.text("source"),
                row.day("from_day"),
                row.day("to_day"),
                row.text("by"),
                row.text("os_user"),
                row.optionalText("person"),
                row.optionalText("reason"),
                row.text("reconciliation"),
                row.instant("at"));
    }
}
