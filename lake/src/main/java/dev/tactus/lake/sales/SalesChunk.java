package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbEnums;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.table.LakeTable;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Some rows of a report in DuckDB's memory: what they share stands once, so that a row is a few numbers, its amount
/// and its text. Filled by one thread, then written by another.
public final class SalesChunk {
    private static final long ROW_BYTES = 80;
    private static final long CONTEXT_BYTES = 150;
    /// So many rows must share a recording that its texts are worth lists.
    private static final int SHARE = 8;
    private static final List<String> CONTEXT_TEXTS = List.of(
            "service",
            "territory",
            "usage_type",
            "statement_period",
            "currency",
            "territory_reported",
            "subscription_type");
    private static final List<String> RECORDING_TEXTS =
            List.of("isrc", "upc", "title", "artist", "usage_key", "label", "catalogue_number");

    private final DuckDb duck;
    private final long number;
    private final DuckDBAppender contexts;
    private final DuckDBAppender recordings;
    private final SalesRows rows;
    private final DuckDBAppender rejects;
    private final DuckDBAppender deductions;
    private final DuckDbEnums lists;
    private int contextCount;
    private int recordingCount;
    private long rejectCount;
    private long deductionCount;
    private long bytes;

    /// @param rows for the rows, which nothing else is using; cleared here
    public SalesChunk(DuckDb duck, long number, SalesRows rows) throws SQLException {
        this.duck = duck;
        this.number = number;
        this.rows = rows;
        this.lists = new DuckDbEnums(duck);
        rows.clear();
        this.contexts = table(
                "contexts",
                "context INTEGER, service VARCHAR, territory VARCHAR, usage_type VARCHAR, usage_start DATE,"
                        + " usage_end DATE, statement_period VARCHAR, currency VARCHAR, exchange_rate DECIMAL(38,18),"
                        + " territory_reported VARCHAR, subscription_type VARCHAR");
        this.recordings = table(
                "recordings",
                "recording INTEGER, isrc VARCHAR, upc VARCHAR, title VARCHAR, artist VARCHAR, usage_key VARCHAR,"
                        + " label VARCHAR, catalogue_number VARCHAR");
        this.rejects = table("rejects", "line BIGINT, field VARCHAR, reason VARCHAR, raw VARCHAR");
        this.deductions = table(
                "deductions",
                "line BIGINT, kind VARCHAR, heading VARCHAR, description VARCHAR, statement_period VARCHAR,"
                        + " currency VARCHAR, amount DECIMAL(38,18), amount_reported VARCHAR, raw VARCHAR");
    }

    private DuckDBAppender table(String name, String columns) throws SQLException {
        duck.run("CREATE TABLE " + name + "_" + number + " (" + columns + ")");
        return duck.connection().createAppender(DuckDBConnection.DEFAULT_SCHEMA, name + "_" + number);
    }

    /// Roughly what its rows take in memory.
    public long bytes() {
        return bytes;
    }

    int sales() {
        return rows.rows();
    }

    long rejects() {
        return rejectCount;
    }

    long deductions() {
        return deductionCount;
    }

    public void deduction(long line, SaleDeduction deduction, byte[] raw) throws SQLException {
        deductions.beginRow().append(line);
        texts(
                deductions,
                deduction.kind(),
                deduction.heading(),
                deduction.description(),
                deduction.statementPeriod(),
                deduction.currency());
        deductions
                .append(deduction.amount().setScale(SaleAmount.SCALE))
                .append(deduction.reported())
                .append(raw)
                .endRow();
        deductionCount++;
        bytes += ROW_BYTES + CONTEXT_BYTES + raw.length;
    }

    public void sale(
            long line,
            SaleContext context,
            SaleRecording recording,
            @Nullable Long quantity,
            @Nullable SaleAmount amount,
            @Nullable SaleFigures figures,
            byte[] raw)
            throws SQLException {
        rows.add(line, number(context), number(recording), quantity, amount, figures, raw);
        bytes += figures == null ? 0 : SaleFigures.BYTES;
        bytes += ROW_BYTES + raw.length + (amount == null ? 0 : amount.reported().length);
    }

    public void reject(long line, String field, String reason, byte[] raw) throws SQLException {
        rejects.beginRow().append(line).append(field).append(reason).append(raw).endRow();
        rejectCount++;
        bytes += ROW_BYTES + reason.length() + raw.length;
    }

    private int number(SaleContext context) throws SQLException {
        if (context.chunk != this) {
            context.chunk = this;
            context.number = contextCount++;
            contexts.beginRow().append(context.number);
            texts(contexts, context.service, context.territory, context.usageType);
            day(context.usageStart);
            day(context.usageEnd);
            texts(contexts, context.statementPeriod, context.currency);
            @Nullable BigDecimal rate = context.exchangeRate;
            if (rate == null) {
                contexts.appendNull();
            } else {
                contexts.append(rate.setScale(18));
            }
            texts(contexts, context.territoryReported, context.subscriptionType);
            contexts.endRow();
            bytes += CONTEXT_BYTES;
        }
        return context.number;
    }

    private int number(SaleRecording recording) throws SQLException {
        if (recording.chunk != this) {
            recording.chunk = this;
            recording.number = recordingCount++;
            recordings.beginRow().append(recording.number);
            texts(recordings, recording.isrc, recording.upc, recording.title, recording.artist, recording.usageKey);
            texts(recordings, recording.label, recording.catalogueNumber);
            recordings.endRow();
            bytes += recording.bytes();
        }
        return recording.number;
    }

    private void day(@Nullable LocalDate day) throws SQLException {
        if (day == null) {
            contexts.appendNull();
        } else {
            contexts.append(day);
        }
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

    /// Ends the filling; nothing is added afterwards.
    public void seal() throws SQLException {
        for (DuckDBAppender appender : List.of(contexts, recordings, rejects, deductions)) {
            appender.close();
        }
        lists.make("contexts_" + number, CONTEXT_TEXTS);
        if (recordingCount <= rows.rows() / SHARE) {
            lists.make("recordings_" + number, RECORDING_TEXTS);
        }
    }

    /// All columns of sales, each of its type or of texts in a list.
    String selectSales(String reportId, String sender) {
        String all = "SELECT " + DuckDbEnums.constant(reportId) + " AS report_id, " + DuckDbEnums.constant(sender)
                + " AS sender, * FROM " + rows.relation() + " JOIN " + lists.relation("contexts_" + number)
                + " USING (context) JOIN " + lists.relation("recordings_" + number) + " USING (recording)";
        return "SELECT " + DuckDbSql.names(LakeTable.SALES.columns()) + " FROM (" + all + ")";
    }

    String selectRejects(String reportId) {
        return "SELECT " + DuckDbSql.text(reportId) + " AS report_id, * FROM rejects_" + number;
    }

    String selectDeductions(String reportId, String sender) {
        String all = "SELECT " + DuckDbSql.text(reportId) + " AS report_id, " + DuckDbSql.text(sender)
                + " AS sender, * FROM deductions_" + number;
        return "SELECT " + DuckDbSql.names(LakeTable.DEDUCTIONS.columns()) + " FROM (" + all + ")";
    }

    /// Gives the memory back.
    void drop(DuckDb writing) {
        for (String table : List.of("contexts", "recordings", "rejects", "deductions")) {
            writing.run("DROP TABLE " + table + "_" + number);
        }
        lists.drop(writing);
    }
}
