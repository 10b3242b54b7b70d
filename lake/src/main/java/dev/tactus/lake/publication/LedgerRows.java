package dev.tactus.lake.publication;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.table.LakeTable;
import java.sql.SQLException;
import java.time.Instant;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// The ledger's differences and dead letters as tables of DuckDB.
public final class LedgerRows {
    private LedgerRows() {}

    static String drifts(DuckDb duck, Iterable<DriftRow> rows) {
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
                appender.appendEpochMicros(DuckDb.micros(row.detectedAt())).endRow();
            }
        });
    }

    static String deadLetters(DuckDb duck, Iterable<DeadLetterRow> rows) {
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

    public static String usageMatches(DuckDb duck, Iterable<UsageMatchRow> rows) {
        return table(duck, LakeTable.USAGE_MATCHES, appender -> {
            for (UsageMatchRow row : rows) {
                appender.beginRow();
                texts(appender, row.usageKey(), row.isrc(), row.by());
                appender.appendEpochMicros(DuckDb.micros(row.at())).endRow();
            }
        });
    }

    public static String reportDecisions(DuckDb duck, Iterable<ReportDecisionRow> rows) {
        return table(duck, LakeTable.REPORT_DECISIONS, appender -> {
            for (ReportDecisionRow row : rows) {
                appender.beginRow();
                texts(appender, row.subject(), row.sender(), row.text());
                appender.appendEpochMicros(DuckDb.micros(row.at()));
                texts(appender, row.meaning(), row.by(), row.revokedBy());
                @Nullable Instant revoked = row.revokedAt();
                if (revoked == null) {
                    appender.appendNull();
                } else {
                    appender.appendEpochMicros(DuckDb.micros(revoked));
                }
                appender.endRow();
            }
        });
    }

    private static String table(DuckDb duck, LakeTable table, DuckDb.RowAppender filling) {
        duck.run("CREATE TABLE " + table.label() + " (" + DuckDbSql.definition(table) + ")");
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
