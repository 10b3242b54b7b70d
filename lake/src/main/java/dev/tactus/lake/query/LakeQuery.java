package dev.tactus.lake.query;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.duckdb.DuckDbValues;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.failure.QueryRefused;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One SELECT over views of the tables' files, in a DuckDB of its own that can reach nothing else.
///
/// Only the text of a SELECT passes; besides, DuckDB's access to files is shut but for the tables' folders, and its
/// settings are locked.
public final class LakeQuery {
    /// What DuckDB says before it has read a row.
    private static final List<String> SQL_AT_FAULT = List.of("Parser Error", "Binder Error", "Catalog Error");

    private final LakeSettings settings;
    private final LakeFiles kept;
    private final TableRelations files;

    public LakeQuery(LakeSettings settings, LakeFiles kept, TableRelations files) {
        this.settings = settings;
        this.kept = kept;
        this.files = files;
    }

    /// Compares the files of the tables that a text names with their digests.
    ///
    /// @throws dev.tactus.lake.failure.LakeDamaged if one is not what was written
    public void requireSound(String sql) {
        String text = sql.toLowerCase(Locale.ROOT);
        files.requireSound(table -> text.contains(table.label()));
    }

    public long run(String sql, RowSink sink) {
        try (DuckDb duck = DuckDb.open(settings, kept.temporary())) {
            files.relations().forEach((table, relation) -> view(duck, table, relation));
            duck.run("SET allowed_directories = ["
                    + DuckDbSql.text(kept.place(kept.folder().resolve("tactus")).toString()) + "]");
            duck.run("SET enable_external_access = false");
            duck.run("SET lock_configuration = true");
            refuseAllButOneSelect(duck, sql);
            return answer(duck, sql, sink);
        }
    }

    private void view(DuckDb duck, LakeTable table, String relation) {
        try {
            duck.run("CREATE VIEW " + table.label() + " AS SELECT * FROM " + relation);
        } catch (RuntimeException e) {
            files.requireSound(table::equals);
            throw e;
        }
    }

    /// Whether a refusal is the SQL's fault or that of a damaged file, the files' digests tell and DuckDB does not.
    private long answer(DuckDb duck, String sql, RowSink sink) {
        try {
            return stream(duck, sql, sink);
        } catch (LakeException e) {
            if (SQL_AT_FAULT.stream().noneMatch(String.valueOf(e.getMessage())::contains)) {
                requireSound(sql);
            }
            throw e;
        }
    }

    /// DuckDB's own parser decides: it turns SELECTs, DESCRIBE, SHOW and SUMMARIZE into JSON and nothing else.
    private static void refuseAllButOneSelect(DuckDb duck, String sql) {
        String quoted = DuckDbSql.text(sql);
        List<@Nullable String> verdict = duck.one(
                "SELECT j->>'error', j->>'error_type', j->>'error_message', json_array_length(j,"
                        + " '$.statements')::VARCHAR FROM (SELECT json_serialize_sql(" + quoted + ") AS j)",
                row -> {
                    List<@Nullable String> columns = new ArrayList<>();
                    for (int i = 1; i <= 4; i++) {
                        columns.add(row.getString(i));
                    }
                    return columns;
                });
        if ("parser".equals(verdict.get(1))) {
            throw new QueryRefused("the query is not SQL that DuckDB understands: " + verdict.get(2), null);
        }
        if (!"false".equals(verdict.get(0))) {
            throw new QueryRefused(
                    "only SELECT, DESCRIBE, SHOW and SUMMARIZE are answered: the lake is written by sync and"
                            + " maintenance alone",
                    null);
        }
        if (!"1".equals(verdict.get(3))) {
            throw new QueryRefused("one statement at a time, please; this text has " + verdict.get(3), null);
        }
    }

    /// Hands every row of an answer on; returns how many there were.
    static long stream(DuckDb duck, String sql, RowSink sink) {
        try (Statement statement = duck.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            ResultSetMetaData shape = rows.getMetaData();
            List<RowSink.Column> columns = new ArrayList<>();
            for (int i = 1; i <= shape.getColumnCount(); i++) {
                columns.add(new RowSink.Column(shape.getColumnLabel(i), shape.getColumnTypeName(i)));
            }
            sink.columns(List.copyOf(columns));
            long count = 0;
            while (rows.next()) {
                List<@Nullable Object> row = new ArrayList<>(columns.size());
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(DuckDbValues.plain(rows.getObject(i)));
                }
                sink.row(row);
                count++;
            }
            return count;
        } catch (SQLException e) {
            String words = LakeFailures.sqlWords(e);
            if (words.startsWith("Out of Memory") || words.startsWith("IO Error")) {
                throw LakeFailures.of("the query can't be answered", e);
            }
            throw new QueryRefused("the query is refused: " + words, e);
        }
    }
}
