package dev.tactus.lake.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What computes the SQL of a [Workbench]: DuckDB in this process, or a cluster.
///
/// It is given the product's own statements alone, in DuckDB's dialect: SELECTs, and tables and views that are made of
/// them. One thread at a time.
public interface SqlEngine extends AutoCloseable {
    /// Makes a table or a view, or adds rows to a table.
    void run(String sql);

    /// The number that an answer of one row and one column is.
    long number(String sql);

    /// Streams an answer; returns the number of rows.
    long query(String sql, RowSink sink);

    /// Appends rows to a table made before.
    ///
    /// @param rows values are String, Long, LocalDate, Boolean or null, in the order of the columns
    void fill(String table, Iterable<List<@Nullable Object>> rows);

    /// A SELECT for DuckDB, in this process, of the rows that a SELECT of this engine's gives.
    String forDuckDb(String select);

    @Override
    void close();
}
