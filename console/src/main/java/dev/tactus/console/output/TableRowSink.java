package dev.tactus.console.output;

import dev.tactus.lake.query.RowSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the first rows for a table on a screen.
public final class TableRowSink implements RowSink {
    private static final int MOST = 1_000;
    private static final int WIDEST = 80;

    private TextTable table = new TextTable();
    private int kept;
    private long seen;

    @Override
    public void columns(List<Column> columns) {
        table = new TextTable(columns.stream().map(Column::name).toArray(String[]::new));
    }

    @Override
    public void row(List<@Nullable Object> values) {
        seen++;
        if (kept < MOST) {
            kept++;
            List<Object> cells = new ArrayList<>();
            for (Object value : values) {
                cells.add(value == null ? "" : shortened(CellText.text(value)));
            }
            table.row(cells.toArray());
        }
    }

    public List<String> lines() {
        return table.lines();
    }

    /// What to do about rows that are not shown; empty where all are.
    public String leftOut() {
        return seen == kept ? "" : ", the first " + kept + " shown; --format csv prints all";
    }

    private static String shortened(String text) {
        return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
    }
}
