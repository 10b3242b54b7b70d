package dev.tactus.lake;

import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// The ledger's differences and dead letters as tables of DuckDB.
final class LedgerRows {
    private LedgerRows() {}

    static String drifts(Duck duck, Iterable<DriftRow> rows) {
        return table(duck, LakeTable.DRIFT, appender -> {
            for (DriftRow row : rows) {
                appender.beginRow();
                texts(
                        appender,
                        row.id(),
                        row.source(),
                        row.isrc(),
                        row.field(),
                        row.expected(),
                        row.found(),
                        row.severity(),
                        row.state());
                appender.appendEpochMicros(Buffer.micros(row.detectedAt())).endRow();
            }
        });
    }

    static String deadLetters(Duck duck, Iterable<DeadLetterRow> rows) {
        return table(duck, LakeTable.DEAD_LETTERS, appender -> {
            for (DeadLetterRow row : rows) {
                appender.beginRow();
                texts(
                        appender,
                        row.id(),
                        row.runId(),
                        row.source(),
                        row.endpoint(),
                        row.isrc(),
                        row.reason(),
                        row.pointer(),
                        row.payloadSha256(),
                        row.state());
                appender.endRow();
            }
        });
    }

    static String usageMatches(Duck duck, Iterable<UsageMatchRow> rows) {
        return table(duck, LakeTable.USAGE_MATCHES, appender -> {
            for (UsageMatchRow row : rows) {
                appender.beginRow();
                texts(appender, row.usageKey(), row.isrc(), row.by());
                appender.appendEpochMicros(Buffer.micros(row.at())).endRow();
            }
        });
    }

    private static String table(Duck duck, LakeTable table, Duck.Filling filling) {
        duck.run("CREATE TABLE " + table.label() + " (" + Sql.definition(table) + ")");
        duck.append(table.label(), filling);
        return "SELECT * FROM " + table.label();
    }

    private static void texts(DuckDBAppender appender, @Nullable String... values) throws SQLException {
        for (@Nullable String value : values) {
            if (value == null) {
                appender.appendNull();
            } else {
                appender.append(value);
            }
        }
    }
}
