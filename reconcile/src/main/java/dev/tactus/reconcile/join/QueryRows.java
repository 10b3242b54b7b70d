package dev.tactus.reconcile.join;

import dev.tactus.lake.query.RowSink;
import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rows of a small answer.
public final class QueryRows {
    private QueryRows() {}

    /// Reads every row of an answer; not for large ones.
    public static <T> List<T> list(Workbench bench, String sql, Function<List<@Nullable Object>, T> reader) {
        List<T> all = new ArrayList<>();
        bench.query(sql, new RowSink() {
            @Override
            public void columns(List<Column> columns) {}

            @Override
            public void row(List<@Nullable Object> values) {
                all.add(reader.apply(values));
            }
        });
        return all;
    }

    /// Texts of one column.
    public static List<String> texts(Workbench bench, String sql) {
        return list(bench, sql, row -> String.valueOf(row.getFirst()));
    }

    /// A number that is there.
    public static long number(@Nullable Object value) {
        return switch (value) {
            case Long number -> number;
            case null, default -> throw new IllegalStateException("a count came as " + value);
        };
    }

    /// Amounts: the first column is a currency, the second a sum in it.
    static List<Money> amounts(Workbench bench, String sql) {
        return list(
                bench,
                sql,
                row -> new Money(String.valueOf(row.get(0)), (BigDecimal) Objects.requireNonNull(row.get(1))));
    }
}
