package dev.tactus.ledger.catalog;

import dev.tactus.database.Database;
import dev.tactus.database.SqlSession;
import dev.tactus.limits.ScopeState;
import java.util.List;

/// What is known and spent of the sources' limits, kept over restarts.
public final class LimitStates {
    private final Database database;

    public LimitStates(Database database) {
        this.database = database;
    }

    /// Takes the place of what was saved for this source.
    public void save(String source, List<ScopeState> states) {
        database.writing(session -> save(session, source, states));
    }

    /// The same in a transaction of whoever owns the quota.
    public static void save(SqlSession session, String source, List<ScopeState> states) {
        session.update("DELETE FROM limit_state WHERE source = ?", source);
        for (ScopeState state : states) {
            session.update(
                    "INSERT INTO limit_state (source, scope, state) VALUES (?, ?, ?)",
                    source,
                    state.scope(),
                    state.encode());
        }
    }

    /// Forgets what was learned of a scope and what is being waited out there; calls already made still count.
    public void forget(String source, String scope) {
        database.writing(session -> save(
                source,
                load(source).stream()
                        .map(state -> state.scope().equals(scope) ? state.forgotten() : state)
                        .toList()));
    }

    /// What was last saved for this source, by scope; empty before.
    public List<ScopeState> load(String source) {
        return database.read(session -> load(session, source));
    }

    /// The same in a transaction of whoever owns the quota.
    public static List<ScopeState> load(SqlSession session, String source) {
        return session.list(
                "SELECT state FROM limit_state WHERE source = ? ORDER BY scope",
                row -> ScopeState.parse(row.text("state")),
                source);
    }
}
