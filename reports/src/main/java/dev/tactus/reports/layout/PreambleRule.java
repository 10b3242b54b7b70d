package dev.tactus.reports.layout;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a value stands before the header: in the cell after a label or below it, or within a cell.
///
/// @param after the label beside it
/// @param below the label above it
/// @param matches a pattern over cells, whose first group is the value
public record PreambleRule(Optional<ColumnName> after, Optional<ColumnName> below, Optional<Pattern> matches) {
    public Optional<String> find(List<List<String>> rows) {
        for (int r = 0; r < rows.size(); r++) {
            List<String> row = rows.get(r);
            for (int i = 0; i < row.size(); i++) {
                Optional<String> found = find(row, i);
                if (found.isEmpty()
                        && r + 1 < rows.size()
                        && i < rows.get(r + 1).size()
                        && labels(below, row.get(i))) {
                    found = Optional.of(rows.get(r + 1).get(i)).filter(text -> !text.isBlank());
                }
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> find(List<String> row, int cell) {
        Optional<Matcher> matcher = matches.map(p -> p.matcher(row.get(cell))).filter(Matcher::find);
        if (matcher.isPresent()) {
            Matcher found = matcher.get();
            return Optional.ofNullable(found.groupCount() > 0 ? found.group(1) : found.group());
        }
        if (cell + 1 < row.size() && labels(after, row.get(cell))) {
            return Optional.of(row.get(cell + 1)).filter(text -> !text.isBlank());
        }
        return Optional.empty();
    }

    private static boolean labels(Optional<ColumnName> label, String cell) {
        return label.isPresent()
                && label.get().in(List.of(cell.replaceFirst(":\\s*$", ""))).isPresent();
    }
}
