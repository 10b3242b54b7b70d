package dev.tactus.ledger.work;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import dev.tactus.ledger.catalog.LimitStates;
import dev.tactus.limits.ScopeState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The quota of one credential: which process owns it, and the permits that others ask it for.
///
/// A permit counts from the transaction that grants it until the owner has noted how its call ended. So whoever takes
/// over knows every call that was made or may be under way, whenever the owner before was killed.
public final class SharedQuota {
    private final Database database;
    private final String credential;

    public SharedQuota(Database database, String credential) {
        this.database = database;
        this.credential = credential;
    }

    /// Makes a worker the owner where there is none that lives.
    ///
    /// @return the number that it owns the quota by; empty where somebody else does
    public Optional<Long> own(long worker) {
        return database.coordinate(session -> {
            session.update(
                    "INSERT INTO quota (credential, worker, fence, since) VALUES (?, 0, 0, 0) ON CONFLICT DO NOTHING",
                    credential);
            String free = "NOT EXISTS (SELECT 1 FROM worker w WHERE w.number = quota.worker AND w.number <> ? AND "
                    + Workers.alive(session) + ")";
            return session.first(
                    "UPDATE quota SET worker = ?, fence = fence + 1, since = " + session.now()
                            + " WHERE credential = ? AND " + free + " RETURNING fence",
                    row -> row.number("fence"),
                    worker,
                    credential,
                    worker,
                    Workers.micros(Workers.OWNERSHIP_LASTS),
                    Workers.micros(Workers.OWNERSHIP_LASTS));
        });
    }

    /// Gives it up for the next.
    public void disown(long worker, long fence) {
        database.coordinate(session -> session.update(
                "UPDATE quota SET worker = 0 WHERE credential = ? AND worker = ? AND fence = ?",
                credential,
                worker,
                fence));
    }

    /// All permits that were asked for and are not done with.
    public List<PermitRecord> permits() {
        return database.coordinate(session -> session.list(
                "SELECT p.*, CASE WHEN EXISTS (SELECT 1 FROM worker w WHERE w.number = p.worker AND "
                        + Workers.alive(session) + ") THEN 1 ELSE 0 END AS alive FROM permit p WHERE p.credential = ?"
                        + " ORDER BY p.worker, p.number",
                SharedQuota::permit,
                Workers.micros(Workers.CLAIMS_LAST),
                Workers.micros(Workers.CLAIMS_LAST),
                credential));
    }

    private static PermitRecord permit(Row row) {
        return new PermitRecord(
                row.number("worker"),
                row.number("number"),
                row.text("path"),
                row.numberOrNull("granted_at") != null,
                row.optionalText("refused"),
                row.optionalText("outcome"),
                row.number("alive") == 1);
    }

    /// Grants and refuses, all or nothing.
    ///
    /// @param refused with the reason of each
    /// @return those granted that were still asked for
    /// @throws QuotaLost if somebody else has become the owner; nothing was granted then
    public List<PermitKey> grant(long worker, long fence, List<PermitKey> granted, Map<PermitKey, String> refused) {
        return database.coordinate(session -> {
            requireOwner(session, worker, fence);
            refused.forEach((key, why) -> session.update(
                    "UPDATE permit SET refused = ? WHERE worker = ? AND number = ?", why, key.worker(), key.number()));
            return granted.stream()
                    .filter(key -> session.update(
                                    "UPDATE permit SET granted_at = " + session.now()
                                            + " WHERE worker = ? AND number = ?",
                                    key.worker(),
                                    key.number())
                            == 1)
                    .toList();
        });
    }

    /// Notes what was learned and spent, in which these permits are contained, and forgets them.
    ///
    /// @param source whose limits they are
    /// @throws QuotaLost if somebody else has become the owner
    public void save(long worker, long fence, String source, List<ScopeState> states, Collection<PermitKey> contained) {
        database.coordinate(session -> {
            requireOwner(session, worker, fence);
            LimitStates.save(session, source, states);
            contained.forEach(key -> forget(session, key));
            return true;
        });
    }

    private static void forget(SqlSession session, PermitKey key) {
        session.update("DELETE FROM permit WHERE worker = ? AND number = ?", key.worker(), key.number());
    }

    /// The owner's row stays locked until the end: whoever takes over waits, and sees all of this.
    private void requireOwner(SqlSession session, long worker, long fence) {
        if (session.update(
                        "UPDATE quota SET fence = fence WHERE credential = ? AND worker = ? AND fence = ?",
                        credential,
                        worker,
                        fence)
                != 1) {
            throw new QuotaLost();
        }
    }

    /// A worker's side: asks, says how calls have ended, gives up what it no longer wants, and is told what it got.
    ///
    /// @param asked the paths, by number
    /// @param ended the outcomes, by number
    /// @param told refusals that it has read
    public List<PermitRecord> exchange(
            long worker, Map<Long, String> asked, Map<Long, String> ended, Collection<Long> told) {
        return database.coordinate(session -> {
            asked.forEach((number, path) -> session.update(
                    "INSERT INTO permit (worker, number, credential, path) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    worker,
                    number,
                    credential,
                    path));
            ended.forEach((number, outcome) -> session.update(
                    "UPDATE permit SET outcome = ? WHERE worker = ? AND number = ? AND outcome IS NULL",
                    outcome,
                    worker,
                    number));
            told.forEach(number -> forget(session, new PermitKey(worker, number)));
            return session.list(
                    "SELECT p.*, 1 AS alive FROM permit p WHERE worker = ? AND credential = ? AND outcome IS NULL"
                            + " AND (granted_at IS NOT NULL OR refused IS NOT NULL)",
                    SharedQuota::permit,
                    worker,
                    credential);
        });
    }

    /// How the scopes of a source stood when the owner last noted it.
    public List<ScopeState> states(String source) {
        return database.coordinate(session -> LimitStates.load(session, source));
    }

    /// Somebody else has become the owner.
    public static final class QuotaLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        QuotaLost() {
            super("the quota has another owner");
        }
    }
}
