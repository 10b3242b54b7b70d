package dev.tactus.serve.lists;

import dev.tactus.serve.http.PageProblem;
import dev.tactus.serve.http.PageRequest;
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
/// @param asks options of the command that have to be said, such as `period`
public record ServedList(
        String name,
        List<String> words,
        String array,
        String key,
        List<ListColumn> columns,
        List<String> choices,
        List<String> asks) {
    public ServedList {
        asks = List.copyOf(asks);
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
                choices.isEmpty() ? List.of() : List.of(choices.split(" ", -1)),
                List.of());
    }

    /// The same, whose command has to be told something.
    ServedList asking(String... options) {
        return new ServedList(name, words, array, key, columns, choices, List.of(options));
    }

    /// The command with what a request says.
    ///
    /// @throws PageProblem if the request doesn't say what it has to
    public List<String> command(PageRequest request) {
        List<String> command = new ArrayList<>(words);
        asks.forEach(option -> command.add("--" + option + "="
                + request.asked(option)
                        .orElseThrow(() -> new PageProblem(400, option + " is missing: say which is meant"))));
        return command;
    }

    /// Whether a request says what the command has to be told.
    public boolean isTold(PageRequest request) {
        return asks.stream().allMatch(option -> request.asked(option).isPresent());
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
