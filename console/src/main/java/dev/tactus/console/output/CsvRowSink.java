package dev.tactus.console.output;

import dev.tactus.lake.query.RowSink;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes rows as CSV (RFC 4180, lines end with LF) as they come; null is an empty field, an empty text is quoted.
public final class CsvRowSink implements RowSink {
    private final PrintStream out;

    public CsvRowSink(PrintStream out) {
        this.out = out;
    }

    @Override
    public void columns(List<Column> columns) {
        line(columns.stream().map(column -> field(column.name())).collect(Collectors.joining(",")));
    }

    @Override
    public void row(List<@Nullable Object> values) {
        line(values.stream()
                .map(value -> value == null ? "" : field(CellText.text(value)))
                .collect(Collectors.joining(",")));
    }

    private void line(String line) {
        out.print(line + "\n");
        if (out.checkError()) {
            throw CommandFailure.failed("the output was closed before the end");
        }
    }

    private static String field(String text) {
        boolean quoted = text.isEmpty() || text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
