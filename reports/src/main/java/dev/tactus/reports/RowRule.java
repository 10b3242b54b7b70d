package dev.tactus.reports;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a layout tells a kind of row by: what stands in one of its columns.
///
/// @param is one of these, in lower case
/// @param matches a pattern over the whole cell
record RowRule(ColumnName column, Set<String> is, Optional<Pattern> matches) {
    RowRule {
        is = Set.copyOf(is);
    }

    /// For the rows under these headings; nothing where they have no such column.
    Optional<Bound> in(List<String> headings) {
        return column.in(headings).map(place -> new Bound(place, this));
    }

    record Bound(int column, RowRule rule) {
        boolean fits(Cells cells) {
            String text = cells.text(column);
            return rule.is.contains(text.toLowerCase(Locale.ROOT))
                    || rule.matches.filter(p -> p.matcher(text).matches()).isPresent();
        }
    }
}
