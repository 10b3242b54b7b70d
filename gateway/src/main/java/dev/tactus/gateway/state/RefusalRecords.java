package dev.tactus.gateway.state;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import java.time.LocalDate;
import java.util.List;

/// The record of refusals: admitted and refused requests per application and day. [UsageLog] adds to it.
public final class RefusalRecords {
    private final Database database;

    RefusalRecords(Database database) {
        this.database = database;
    }

    /// The days with any request, from `first` to `last`, both included.
    public List<RefusalRecord> between(String application, LocalDate first, LocalDate last) {
        return database.read(statements -> statements.list(
                "SELECT * FROM day WHERE application = ? AND day >= ? AND day <= ? ORDER BY day",
                RefusalRecords::record,
                application,
                first,
                last));
    }

    /// Takes the days so far, up to and including this one, out of what the application is judged by.
    ///
    /// @return how many
    public long forgiveUntil(String application, LocalDate last) {
        return database.write(statements -> {
            // so that what is still to come today is forgiven, too
            statements.update(
                    "INSERT INTO day (application, day, admitted, refused) VALUES (?, ?, 0, 0) ON CONFLICT DO NOTHING",
                    application,
                    last);
            return statements.update(
                    "UPDATE day SET forgiven = 1 WHERE application = ? AND day <= ? AND forgiven = 0",
                    application,
                    last);
        });
    }

    /// Whether anything is on record.
    public boolean has(String application) {
        return database.read(statements ->
                        statements.number("SELECT EXISTS (SELECT 1 FROM day WHERE application = ?) AS n", application))
                != 0;
    }

    private static RefusalRecord record(Row row) {
        return new RefusalRecord(
                row.day("day"), row.number("admitted"), row.number("refused"), row.number("forgiven") != 0);
    }
}
