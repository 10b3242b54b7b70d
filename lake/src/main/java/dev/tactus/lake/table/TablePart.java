package dev.tactus.lake.table;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/// Some of a table's data files: those that can hold rows of a source, of days, of a period.
///
/// What it selects may hold other rows as well where the table is not partitioned by what is asked for; the rows
/// themselves are still to be filtered.
public final class TablePart {
    private final LakeTable table;
    private final Expression where;

    private TablePart(LakeTable table, Expression where) {
        this.table = table;
        this.where = where;
    }

    /// All of it.
    public static TablePart all(LakeTable table) {
        return new TablePart(table, Expressions.alwaysTrue());
    }

    /// A metric table's days of a source.
    public static TablePart days(LakeTable table, String source, LocalDate from, LocalDate to) {
        return new TablePart(
                table,
                Expressions.and(
                        Expressions.equal("source", source),
                        Expressions.greaterThanOrEqual("day", epochDay(from)),
                        Expressions.lessThanOrEqual("day", epochDay(to))));
    }

    /// Sales whose usage overlaps these days.
    public static TablePart sales(LocalDate from, LocalDate to) {
        return new TablePart(
                LakeTable.SALES,
                Expressions.and(
                        Expressions.lessThanOrEqual("usage_start", epochDay(to)),
                        Expressions.greaterThanOrEqual("usage_end", epochDay(from))));
    }

    /// What was reconciled, or adjusted, for a source and a period.
    public static TablePart period(LakeTable table, String source, String period) {
        return new TablePart(
                table, Expressions.and(Expressions.equal("source", source), Expressions.equal("period", period)));
    }

    /// What was reconciled, or adjusted, for a source.
    public static TablePart source(LakeTable table, String source) {
        return new TablePart(table, Expressions.equal("source", source));
    }

    /// Of these, the files that can hold a recording, by the bounds that are kept of each.
    public TablePart andIsrc(String isrc) {
        return and("isrc", List.of(isrc));
    }

    /// Of these, the files that can hold a row of which a column has one of these values, by the same bounds.
    public TablePart and(String column, Collection<?> values) {
        return new TablePart(table, Expressions.and(where, Expressions.in(column, values.toArray())));
    }

    public LakeTable table() {
        return table;
    }

    public Expression where() {
        return where;
    }

    private static int epochDay(LocalDate day) {
        return Math.toIntExact(day.toEpochDay());
    }
}
