package dev.tactus.gateway.state;

import dev.tactus.database.Database;
import dev.tactus.limits.ScopeState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What pacing has learned and spent, kept over restarts, for each owner: an application, a token, or all together.
public final class PacerStateStore {
    /// The owner of limits that all applications share.
    public static final String SHARED = "";
    /// What the name of an owner begins with that is a token, which no application's does.
    public static final String TOKEN = "\t";

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

    /// Takes the place of what was saved for these owners.
    public void save(Map<String, List<ScopeState>> states) {
        if (states.isEmpty()) {
            return;
        }
        database.writing(statements -> states.forEach((owner, all) -> {
            statements.update("DELETE FROM limit_state WHERE owner = ?", upstream + owner);
            for (ScopeState state : all) {
                statements.update(
                        "INSERT INTO limit_state (owner, scope, state) VALUES (?, ?, ?)",
                        upstream + owner,
                        state.scope(),
                        state.encode());
            }
        }));
    }

    /// What was last saved, by owner.
    ///
    /// @param tokensSince tokens that were last seen before are forgotten
    public Map<String, List<ScopeState>> load(Instant tokensSince) {
        Map<String, List<ScopeState>> all = read();
        List<String> old = all.entrySet().stream()
                .filter(each -> each.getKey().startsWith(TOKEN))
                .filter(each -> each.getValue().stream()
                        .allMatch(state -> state.savedAt().isBefore(tokensSince)))
                .map(Map.Entry::getKey)
                .toList();
        if (!old.isEmpty()) {
            database.writing(statements -> old.forEach(
                    owner -> statements.update("DELETE FROM limit_state WHERE owner = ?", upstream + owner)));
            old.forEach(all::remove);
        }
        return all;
    }

    private Map<String, List<ScopeState>> read() {
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
                        HashMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }
}
