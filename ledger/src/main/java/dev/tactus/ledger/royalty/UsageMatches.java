package dev.tactus.ledger.royalty;

import dev.tactus.database.Database;
import dev.tactus.music.identifiers.Isrc;
import java.util.List;

/// The matches people made, remembered for the months to come. The last decision about a usage holds.
public final class UsageMatches {
    private final Database database;

    public UsageMatches(Database database) {
        this.database = database;
    }

    public void put(UsageMatch match) {
        database.writing(session -> session.update(
                """
                INSERT INTO usage_match (usage_key, isrc, by, at) VALUES (?, ?, ?, ?)
                ON CONFLICT (usage_key) DO UPDATE SET isrc = excluded.isrc, by = excluded.by, at = excluded.at
                """, match.usageKey(), match.isrc().map(Isrc::value).orElse(null), match.by(), match.at()));
    }

    /// All, by key.
    public List<UsageMatch> list() {
        return database.read(session -> session.list(
                "SELECT * FROM usage_match ORDER BY usage_key",
                row -> new UsageMatch(
                        row.text("usage_key"),
                        row.optionalText("isrc").map(Isrc::new),
                        row.text("by"),
                        row.instant("at"))));
    }
}
