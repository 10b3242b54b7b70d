package dev.tactus.gateway.state;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.digest.Sha256;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The applications and keys that were made through the admin address. Thread-safe.
public final class CreatedApplicationRecords {
    private final Database database;

    CreatedApplicationRecords(Database database) {
        this.database = database;
    }

    /// What was said of each application, as JSON, by its id.
    public Map<String, String> applications() {
        Map<String, String> all = new LinkedHashMap<>();
        database.read(statements -> statements.list(
                        "SELECT id, settings FROM created_application ORDER BY id",
                        row -> Map.entry(row.text("id"), row.text("settings"))))
                .forEach(each -> all.put(each.getKey(), each.getValue()));
        return all;
    }

    public void add(String id, String settings, Instant now) {
        database.writing(statements -> statements.update(
                "INSERT INTO created_application (id, settings, created_at) VALUES (?, ?, ?)", id, settings, now));
    }

    /// Takes an application back, and its keys with it.
    ///
    /// @return whether there was one
    public boolean remove(String id) {
        return database.write(statements -> {
            long removed = statements.update("DELETE FROM created_application WHERE id = ?", id);
            statements.update("DELETE FROM created_key WHERE application = ?", id);
            return removed > 0;
        });
    }

    /// All keys, the oldest first.
    public List<CreatedKey> keys() {
        return database.read(statements ->
                statements.list("SELECT * FROM created_key ORDER BY created_at, id", CreatedApplicationRecords::key));
    }

    public void add(CreatedKey key) {
        database.writing(statements -> statements.update(
                "INSERT INTO created_key (id, application, sha256, created_at, ends_at) VALUES (?, ?, ?, ?, ?)",
                key.id(),
                key.application(),
                key.digest().hex(),
                key.createdAt(),
                key.endsAt().orElse(null)));
    }

    /// Takes a key back.
    ///
    /// @return whether there was one
    public boolean removeKey(String application, String id) {
        return database.write(statements ->
                statements.update("DELETE FROM created_key WHERE application = ? AND id = ?", application, id) > 0);
    }

    /// Replaces all applications by what several gateways have agreed on.
    public void replaceApplications(Map<String, String> applications, Instant now) {
        database.writing(statements -> {
            statements.update("DELETE FROM created_application");
            applications.forEach((id, settings) -> add(id, settings, now));
        });
    }

    /// Replaces all keys by what several gateways have agreed on.
    public void replaceKeys(List<CreatedKey> keys) {
        database.writing(statements -> {
            statements.update("DELETE FROM created_key");
            keys.forEach(this::add);
        });
    }

    private static CreatedKey key(Row row) {
        return new CreatedKey(
                row.text("id"),
                row.text("application"),
                Sha256.parse(row.text("sha256")),
                row.instant("created_at"),
                row.optionalInstant("ends_at"));
    }
}
