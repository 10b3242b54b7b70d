package dev.tactus.ledger.retention;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import java.util.List;
import java.util.Optional;

/// The chain of retentions.
public final class RetentionRecords {
    private final Database database;

    public RetentionRecords(Database database) {
        this.database = database;
    }

    /// Adds the next record.
    ///
    /// @throws IllegalArgumentException if it does not follow on the last one
    public void add(RetentionRecord record) {
        database.writing(session -> {
            Optional<RetentionRecord> last = last();
            long next = last.map(RetentionRecord::number).orElse(0L) + 1;
            if (record.number() != next || !record.previousSha256().equals(last.map(RetentionRecord::manifestSha256))) {
                throw new IllegalArgumentException("the retention " + record.id() + " does not follow on "
                        + last.map(RetentionRecord::id).orElse("nothing"));
            }
            session.update(
                    """
                    INSERT INTO retention_record (number, id, kind, before_day, by, reason, forced, row_count,
                      dead_letters, manifest, manifest_sha256, previous_sha256, at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    record.number(),
                    record.id(),
                    record.kind(),
                    record.before(),
                    record.by(),
                    record.reason(),
                    record.forced() ? 1 : 0,
                    record.rows(),
                    record.deadLetters(),
                    record.manifest(),
                    record.manifestSha256(),
                    record.previousSha256().orElse(null),
                    record.at());
        });
    }

    /// All, in the order of the chain.
    public List<RetentionRecord> list() {
        return database.read(
                session -> session.list("SELECT * FROM retention_record ORDER BY number", RetentionRecords::record));
    }

    /// The end of the chain.
    public Optional<RetentionRecord> last() {
        return database.read(session ->
                session.first("SELECT * FROM retention_record ORDER BY number DESC LIMIT 1", RetentionRecords::record));
    }

    private static RetentionRecord record(Row row) {
        return new RetentionRecord(
                row.number("number"),
                row.text("id"),
                row.text("kind"),
                row.day("before_day"),
                row.text("by"),
                row.text("reason"),
                row.number("forced") != 0,
                row.number("row_count"),
                row.number("dead_letters"),
                row.text("manifest"),
                row.text("manifest_sha256"),
                row.optionalText("previous_sha256"),
                row.instant("at"));
    }
}
