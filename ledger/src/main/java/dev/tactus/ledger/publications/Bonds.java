package dev.tactus.ledger.publications;

import dev.tactus.database.Database;
import dev.tactus.database.DatabaseUnavailable;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;

/// The ledger's side of what ties it to its lake: a ledger, or a lake, that comes from a backup of another moment
/// shows.
///
/// Before the lake changes, the ledger notes the change's mark; once it has changed, the ledger counts it. Killed in
/// between, the mark in the lake tells that the step was taken.
public final class Bonds {
    private final Database database;

    public Bonds(Database database) {
        this.database = database;
    }

    /// What it is now.
    ///
    /// @throws DatabaseUnavailable if somebody has taken its row away
    public Bond get() {
        return database.read(session -> session.first("SELECT * FROM bond", Bonds::bond))
                .orElseThrow(() -> new DatabaseUnavailable("the ledger " + database.address()
                        + " no longer says which lake it belongs to: another hand has taken away the row of its table"
                        + " bond. tactus ledger rebuild makes the ledger anew from the lake; tactus restore DIR"
                        + " --replace brings both back from a backup."));
    }

    /// Makes it the ledger with this id: it was written anew in place of that one.
    public void assume(String ledgerId) {
        database.writing(session -> session.update("UPDATE bond SET ledger_id = ?", ledgerId));
    }

    /// Ties the ledger to a lake, or to where that is now.
    ///
    /// @param mark of the lake's last change; empty before the first
    public void tie(String lakeId, String lakePath, long epoch, String mark) {
        database.writing(session -> session.update(
                "UPDATE bond SET lake_id = ?, lake_path = ?, epoch = ?, mark = ?, intended = NULL",
                lakeId,
                lakePath,
                epoch,
                mark.isEmpty() ? null : mark));
    }

    /// Notes that the lake is about to change.
    public void intend(String mark) {
        database.writing(session -> session.update("UPDATE bond SET intended = ?", mark));
    }

    /// Notes that it has.
    public void reached(long epoch) {
        database.writing(session ->
                session.update("UPDATE bond SET epoch = ?, mark = coalesce(intended, mark), intended = NULL", epoch));
    }

    /// Notes that the lake has a copy of the ledger's rows as they are.
    ///
    /// @param digest of them
    public void seal(String digest) {
        database.writing(session ->
                session.update("UPDATE bond SET sealed = ? WHERE sealed IS NULL OR sealed <> ?", digest, digest));
    }

    /// Notes that rows have changed since.
    public static void unseal(SqlSession session) {
        session.update("UPDATE bond SET sealed = NULL WHERE sealed IS NOT NULL");
    }

    private static Bond bond(Row row) {
        return new Bond(
                row.text("ledger_id"),
                row.optionalText("lake_id"),
                row.text("lake_path"),
                row.number("epoch"),
                row.optionalText("mark"),
                row.optionalText("intended"),
                row.optionalText("sealed"));
    }
}
