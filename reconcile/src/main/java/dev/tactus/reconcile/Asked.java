package dev.tactus.reconcile;

import dev.tactus.lake.RowSink;
import dev.tactus.lake.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rows of a small answer.
final class Asked {
    private Asked() {}

    /// Reads every row of an answer; not for large ones.
    static <T> List<T> list(Workbench bench, String sql, Function<List<@Nullable Object>, T> reader) {
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
    static List<String> texts(Workbench bench, String sql) {
        return list(bench, sql, row -> String.valueOf(row.getFirst()));
    }

    /// A number that is there.
    static long number(@Nullable Object value) {
        return switch (value) {
            case Long number -> number;
            case null, default -> throw new IllegalStateException("a count came as " + value);
        };
    }
}
