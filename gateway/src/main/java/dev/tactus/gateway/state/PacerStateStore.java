package dev.tactus.gateway.state;

import dev.tactus.limits.ScopeState;
import dev.tactus.sqlite.Database;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What pacing has learned and spent, kept over restarts, for each owner: an application, or all together.
public final class PacerStateStore {
    /// The owner of limits that all applications share.
    public static final String SHARED = "";

    private final Database database;
    private final String upstream;

    PacerStateStore(Database database) {
        this(database, "");
    }

    private PacerStateStore(Database database, String upstream) {
        this.database = database;
        this.upstream = upstream;
    }

    /// The same for one of several upstreams.
    ///
    /// @param name empty where there is one
    public PacerStateStore of(String name) {
        return new PacerStateStore(database, name.isEmpty() ? "" : name + "\n");
    }

    /// Takes the place of what was saved for this owner.
    public void save(String owner, List<ScopeState> states) {
        database.writing(statements -> {
            statements.update("DELETE FROM limit_state WHERE owner = ?", upstream + owner);
            for (ScopeState state : states) {
                statements.update(
                        "INSERT INTO limit_state (owner, scope, state) VALUES (?, ?, ?)",
                        upstream + owner,
                        state.scope(),
                        state.encode());
            }
        });
    }

    /// What was last saved, by owner.
    public Map<String, List<ScopeState>> load() {
        return database
                .read(statements -> statements.list(
                        "SELECT owner, state FROM limit_state ORDER BY owner, scope",
                        row -> Map.entry(row.text("owner"), ScopeState.parse(row.text("state")))))
                .stream()
                .filter(each -> upstream.isEmpty()
                        ? each.getKey().indexOf('\n') < 0
                        : each.getKey().startsWith(upstream))
                .collect(Collectors.groupingBy(
                        each -> each.getKey().substring(upstream.length()),
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }
}
