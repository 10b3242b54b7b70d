package dev.tactus.lake;

import dev.tactus.lake.query.RowSink;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keeps an answer.
public final class CollectedRows implements RowSink {
    private final List<Column> columns = new ArrayList<>();
    private final List<List<@Nullable Object>> values = new ArrayList<>();

    @Override
    public void columns(List<Column> named) {
        columns.addAll(named);
    }

    @Override
    public void row(List<@Nullable Object> row) {
        values.add(row);
    }

    List<Column> columns() {
        return columns;
    }

    public List<List<@Nullable Object>> values() {
        return values;
    }

    List<String> lines() {
        return values.stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining("|")))
                .toList();
    }
}
