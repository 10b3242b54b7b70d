package dev.tactus.reports.layout;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Totals that a report states of itself: they are no sales, and the rows are checked against them.
///
/// @param when which rows state them; absent where the preamble does
/// @param columns where each total stands
public record TotalRule(Optional<RowRule> when, Map<Measure, ColumnName> columns) {
    /// What can be totalled.
    public enum Measure {
        ROWS("number of rows"),
        QUANTITY("total quantity"),
        NET_REVENUE("total net revenue");

        private final String words;

        Measure(String words) {
            this.words = words;
        }

        /// As messages call it.
        public String words() {
            return words;
        }

        /// As layouts name it.
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public TotalRule {
        // in one order, whatever the run: messages follow it
        columns = Collections.unmodifiableMap(new EnumMap<>(columns));
    }
}
