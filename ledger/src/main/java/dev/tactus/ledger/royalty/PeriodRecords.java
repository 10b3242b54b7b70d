package dev.tactus.ledger.royalty;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which periods were closed and reopened, by whom and why: a chain to which records are only ever added.
public final class PeriodRecords {
    private final Database database;

    public PeriodRecords(Database database) {
        this.database = database;
    }

    /// Adds the next record; it is then in force.
    ///
    /// @throws IllegalArgumentException if it does not follow on the last one
    public void add(PeriodRecord record) {
        database.writing(session -> {
            Optional<PeriodRecord> last = last();
            long next = last.map(PeriodRecord::number).orElse(0L) + 1;
            if (record.number() != next || !record.previousSha256().equals(last.map(PeriodRecord::manifestSha256))) {
                throw new IllegalArgumentException("the record " + record.id() + " does not follow on "
                        + last.map(PeriodRecord::id).orElse("nothing"));
            }
            session.update(
                    """
                    INSERT INTO period_record (number, kind, id, source, from_day, to_day, by, reason, reopens, manifest,
                      manifest_sha256, previous_sha256, at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    record.number(),
                    record.closes() ? "close" : "reopen",
                    record.id(),
                    record.source(),
                    record.from(),
                    record.to(),
                    record.by(),
                    record.reason().orElse(null),
                    record.reopens().orElse(null),
                    record.manifest(),
                    record.manifestSha256(),
                    record.previousSha256().orElse(null),
                    record.at());
        });
    }

    /// All, in the order of the chain.
    public List<PeriodRecord> list() {
        return database.read(
                session -> session.list("SELECT * FROM period_record ORDER BY number", PeriodRecords::record));
    }

    /// The end of the chain.
    public Optional<PeriodRecord> last() {
        return database.read(session ->
                session.first("SELECT * FROM period_record ORDER BY number DESC LIMIT 1", PeriodRecords::record));
    }

    /// The closes of a source that nobody has reopened, by their days.
    public List<PeriodRecord> inForce(String source) {
        List<PeriodRecord> all = list();
        Set<Long> reopened = new HashSet<>();
        all.forEach(record -> record.reopens().ifPresent(reopened::add));
        return all.stream()
                .filter(PeriodRecord::closes)
                .filter(record -> record.source().equals(source) && !reopened.contains(record.number()))
                .sorted((a, b) -> a.from().compareTo(b.from()))
                .toList();
    }

    /// Those in force of any source that hold one of these days, such as those a report is about to restate.
    public List<PeriodRecord> inForce(LocalDate from, LocalDate to) {
        return list().stream()
                .map(PeriodRecord::source)
                .distinct()
                .flatMap(source -> inForce(source).stream())
                .filter(record -> !record.from().isAfter(to) && !record.to().isBefore(from))
                .toList();
    }

    private static PeriodRecord record(Row row) {
        return new PeriodRecord(
                row.number("number"),
                row.text("id"),
                row.text("source"),
                row.day("from_day"),
                row.day("to_day"),
                row.text("by"),
                row.optionalText("reason"),
                row.optionalNumber("reopens"),
                row.text("manifest"),
                row.text("manifest_sha256"),
                row.optionalText("previous_sha256"),
                row.instant("at"));
    }
}
