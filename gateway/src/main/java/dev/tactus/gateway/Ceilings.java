package dev.tactus.gateway;

import dev.tactus.ledger.Database;
import dev.tactus.limits.ScopeState;
import java.util.List;

/// What pacing has learned and spent, kept over restarts, for each owner: an application, or all together.
final class Ceilings {
    /// The owner of limits that all applications share.
    static final String SHARED = "";

    private final Database database;

    Ceilings(Database database) {
        this.database = database;
    }

    /// Takes the place of what was saved for this owner.
    void save(String owner, List<ScopeState> states) {
        database.writing(statements -> {
            statements.update("DELETE FROM limit_state WHERE owner = ?", owner);
            for (ScopeState state : states) {
                statements.update(
                        "INSERT INTO limit_state (owner, scope, state) VALUES (?, ?, ?)",
                        owner,
                        state.scope(),
                        state.encode());
            }
        });
    }

    List<ScopeState> load(String owner) {
        return database.read(statements -> statements.list(
                "SELECT state FROM limit_state WHERE owner = ? ORDER BY scope",
                row -> ScopeState.parse(row.text("state")),
                owner));
    }
}
