package dev.tactus.console.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Aligned columns for people.
public final class TextTable {
    /// A column: its header, and what stands in it for one of the things listed.
    public record Column<T>(String header, Function<? super T, ? extends @Nullable Object> cell) {}

    private final List<String> headers;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... headers) {
        this.headers = List.of(headers);
    }

    /// A table with a row for each of the things listed.
    public static <T> TextTable of(List<T> things, List<Column<T>> columns) {
        TextTable table = new TextTable(columns.stream().map(Column::header).toArray(String[]::new));
        things.forEach(thing ->
                table.row(columns.stream().map(c -> c.cell().apply(thing)).toArray()));
        return table;
    }

    /// Adds a row; nothing (null, an empty optional) is an empty cell.
    public TextTable row(@Nullable Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(text(cell).replaceAll("\\s*\\R\\s*|\\p{Cntrl}+", " "));
        }
        rows.add(row);
        return this;
    }

    private static String text(@Nullable Object cell) {
        return switch (cell) {
            case null -> "";
            case Optional<?> optional -> text(optional.orElse(null));
            default -> cell.toString();
        };
    }

    public List<String> lines() {
        int[] widths = new int[headers.size()];
        List<List<String>> all = new ArrayList<>(rows);
        all.addFirst(headers);
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
        }
        return line.toString().stripTrailing();
    }
}
