package dev.tactus.gateway.state;

import dev.tactus.database.Database;
import java.util.UUID;

/// What this gateway is called among those that share quotas with it, and up to where it has read their counts.
/// Thread-safe.
public final class PeerRecords {
    private final Database database;

    PeerRecords(Database database) {
        this.database = database;
    }

    /// Its name, made once for each state file.
    public String id() {
        return database.write(statements -> {
            statements.update(
                    "INSERT INTO peer (id, place) SELECT ?, '' WHERE NOT EXISTS (SELECT 1 FROM peer)",
                    UUID.randomUUID().toString());
            return statements
                    .first("SELECT id FROM peer", row -> row.text("id"))
                    .orElseThrow();
        });
    }

    /// Up to where it has read; empty where it has read nothing.
    public String place() {
        return database.read(statements -> statements
                .first("SELECT place FROM peer", row -> row.text("place"))
                .orElse(""));
    }

    public void readTo(String place) {
        database.writing(statements -> statements.update("UPDATE peer SET place = ?", place));
    }
}
