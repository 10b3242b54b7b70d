package dev.tactus.lake.query;

import dev.tactus.lake.duckdb.DuckDb;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// DuckDB in this process, as the engine of a workbench.
final class DuckDbEngine implements SqlEngine {
    private final DuckDb duck;

    DuckDbEngine(DuckDb duck) {
        this.duck = duck;
    }

    @Override
    public void run(String sql) {
        duck.run(sql);
    }

    @Override
    public long number(String sql) {
        return duck.number(sql);
    }

    @Override
    public long query(String sql, RowSink sink) {
        return LakeQuery.stream(duck, sql, sink);
    }

    @Override
    public void fill(String table, Iterable<List<@Nullable Object>> rows) {
        duck.append(table, appender -> {
            for (List<@Nullable Object> row : rows) {
                appender.beginRow();
                for (@Nullable Object value : row) {
                    append(appender, value);
                }
                appender.endRow();
            }
        });
    }

    private static void append(DuckDBAppender appender, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> appender.appendNull();
            case String text -> appender.append(text);
            case Long number -> appender.append(number);
            case Boolean flag -> appender.append(flag);
            case LocalDate day -> appender.append(day);
            default -> throw new IllegalArgumentException("a workbench takes no " + value.getClass());
        }
    }

    @Override
    public String forDuckDb(String select) {
        return select;
    }

    @Override
    public void close() {
        duck.close();
    }
}
