package dev.tactus.lake.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the rows of a query one by one, as they come.
///
/// Values are String, Boolean, Long (every integer that fits), BigInteger, BigDecimal, Double, LocalDate, Instant,
/// byte[], List and Map of these, or null.
@FunctionalInterface
public interface RowSink {
    /// Called once, first. Who wrote the query knows them.
    default void columns(List<Column> columns) {}

    void row(List<@Nullable Object> values);

    /// A column of the answer.
    ///
    /// @param type DuckDB's name of it
    record Column(String name, String type) {}
}
