package dev.tactus.reconcile.audit;

import dev.tactus.lake.query.RowSink;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hands rows on one by one, so that long values are not held together.
record PayloadRows(Consumer<List<@Nullable Object>> each) implements RowSink {
    @Override
    public void columns(List<Column> columns) {}

    @Override
    public void row(List<@Nullable Object> values) {
        each.accept(values);
    }
}
