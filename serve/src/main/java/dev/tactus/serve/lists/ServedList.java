package dev.tactus.serve.lists;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A list of the page and the API, and the command that answers it.
///
/// @param name its path, such as `dead-letters`
/// @param words the command
/// @param array the field of the answer that has the rows
/// @param key the column that names a row
/// @param columns all fields of a row, in the answer's order
/// @param choices columns of few values, offered as filters
public record ServedList(
        String name, List<String> words, String array, String key, List<ListColumn> columns, List<String> choices) {
    public ServedList {
        words = List.copyOf(words);
        columns = List.copyOf(columns);
        choices = List.copyOf(choices);
    }

    static ServedList of(String name, String words, String array, String key, String choices, String... columns) {
        return new ServedList(
                name,
                List.of(words.split(" ", -1)),
                array,
                key,
                Arrays.stream(columns).map(ServedList::column).toList(),
                choices.isEmpty() ? List.of() : List.of(choices.split(" ", -1)));
    }

    /// `name` is a text that is shown, `name:number` another kind, `-name` is not shown on the page.
    private static ListColumn column(String written) {
        boolean kept = written.startsWith("-");
        List<String> parts = new ArrayList<>(List.of((kept ? written.substring(1) : written).split(":", -1)));
        ColumnKind kind = parts.size() < 2
                ? ColumnKind.TEXT
                : ColumnKind.valueOf(parts.get(1).toUpperCase(Locale.ROOT));
        return kept ? ListColumn.kept(parts.getFirst(), kind) : ListColumn.shown(parts.getFirst(), kind);
    }

    /// The column of that name, if there is one.
    public Optional<ListColumn> column(CharSequence columnName) {
        return columns.stream()
                .filter(column -> column.name().contentEquals(columnName))
                .findFirst();
    }
}
