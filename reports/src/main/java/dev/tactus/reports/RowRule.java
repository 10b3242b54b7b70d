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
        return column.in(headings).map(place -> new Bound(place, this, new SliceCache<>(10_000, 1 << 20)));
    }

    /// The rule on a particular file; what cells say is worked out once. Not thread-safe.
    static final class Bound {
        private final int column;
        private final RowRule rule;
        private final SliceCache<Boolean> known;
        private final int[] stretch = new int[2];

        Bound(int column, RowRule rule, SliceCache<Boolean> known) {
            this.column = column;
            this.rule = rule;
            this.known = known;
        }

        boolean fits(Cells cells) {
            stretch[0] = cells.from(column);
            stretch[1] = cells.to(column);
            Boolean fits = known.get(cells.buffer(), stretch, 2);
            if (fits == null) {
                fits = judge(cells.text(column));
                known.put(fits);
            }
            return fits;
        }

        private boolean judge(String text) {
            return rule.is.contains(text.toLowerCase(Locale.ROOT))
                    || rule.matches.filter(p -> p.matcher(text).matches()).isPresent();
        }
    }
}
