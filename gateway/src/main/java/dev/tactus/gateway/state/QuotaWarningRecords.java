package dev.tactus.gateway.state;

import dev.tactus.database.Database;
import java.time.Instant;
import java.util.Optional;

/// When applications were told that refusals are near, so that none is told each minute. Thread-safe.
public final class QuotaWarningRecords {
    private final Database database;

    QuotaWarningRecords(Database database) {
        this.database = database;
    }

    /// When an application was last warned of a limit for that reason.
    public Optional<Instant> last(String application, String limit, String kind) {
        return database.read(statements -> statements.first(
                "SELECT at FROM quota_warning WHERE application = ? AND name = ? AND kind = ?",
                row -> row.instant("at"),
                application,
                limit,
                kind));
    }

    public void warned(String application, String limit, String kind, Instant at) {
        database.writing(statements -> statements.update("""
            INSERT INTO quota_warning (application, name, kind, at) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET at = excluded.at
            """, application, limit, kind, at));
    }
}
