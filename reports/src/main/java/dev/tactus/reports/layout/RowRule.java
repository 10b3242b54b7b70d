package dev.tactus.reports.layout;

import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.csv.SliceCache;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a layout tells a kind of row by: what stands in one of its columns.
///
/// @param is one of these, in lower case
/// @param matches a pattern over the whole cell
public record RowRule(ColumnName column, Set<String> is, Optional<Pattern> matches) {
    public RowRule {
        is = Set.copyOf(is);
    }

    /// For the rows under these headings; nothing where they have no such column.
    public Optional<BoundRowRule> in(List<String> headings) {
        return column.in(headings).map(place -> new BoundRowRule(place, this, new SliceCache<>(10_000, 1 << 20)));
    }

    /// The rule on a particular file; what cells say is worked out once. Not thread-safe.
    public static final class BoundRowRule {
        private final int column;
        private final RowRule rule;
        private final SliceCache<Boolean> known;
        private final int[] stretch = new int[2];

        BoundRowRule(int column, RowRule rule, SliceCache<Boolean> known) {
            this.column = column;
            this.rule = rule;
            this.known = known;
        }

        public boolean fits(RowView cells) {
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
