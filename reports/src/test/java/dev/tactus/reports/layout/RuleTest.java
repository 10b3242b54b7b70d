package dev.tactus.reports.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reports.csv.RowView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Rules of a layout, on rows.
class RuleTest {
    private static final List<List<String>> PREAMBLE = List.of(
            List.of("Statement", "", "Total due"),
            List.of("Start Date:  ", "2026-10-01", "12.50"),
            List.of("From 2026-10-01 to 2026-10-31"),
            List.of("Empty", " ", "Below nothing"),
            List.of("x", "y", " "));

    private static Optional<String> after(String label) {
        return new PreambleRule(Optional.of(ColumnName.of("", label)), Optional.empty(), Optional.empty())
                .find(PREAMBLE);
    }

    private static Optional<String> below(String label) {
        return new PreambleRule(Optional.empty(), Optional.of(ColumnName.of("", label)), Optional.empty())
                .find(PREAMBLE);
    }

    private static Optional<String> matches(String pattern) {
        return new PreambleRule(Optional.empty(), Optional.empty(), Optional.of(Pattern.compile(pattern)))
                .find(PREAMBLE);
    }

    @Test
    void aValueBeforeTheHeaderStandsBesideItsLabel() {
        assertThat(after("start date")).contains("2026-10-01");
        assertThat(after("empty")).isEmpty();
        assertThat(after("total due")).as("the last cell of its row").isEmpty();
        assertThat(after("nothing")).isEmpty();
    }

    @Test
    void orBelowIt() {
        assertThat(below("total due")).contains("12.50");
        assertThat(below("below nothing")).isEmpty();
        assertThat(below("12.50")).as("the row below is shorter").isEmpty();
        assertThat(below("y")).as("there is no row below").isEmpty();
    }

    @Test
    void orWithinACell() {
        assertThat(matches("to ([0-9-]+)")).contains("2026-10-31");
        assertThat(matches("2026-1[0-9]")).contains("2026-10");
        assertThat(matches("nothing(x)?")).isEmpty();
        assertThat(matches("Statement(x)?")).as("a group that finds nothing").isEmpty();
    }

    @Test
    void aRowIsToldByATextOrAPatternInOneColumn() {
        List<String> headings = List.of("a", "type");
        ColumnName type = ColumnName.of("", "Type");
        RowRule.BoundRowRule is = new RowRule(type, Set.of("total"), Optional.empty())
                .in(headings)
                .orElseThrow();
        RowRule.BoundRowRule like = new RowRule(type, Set.of(), Optional.of(Pattern.compile("sub.*")))
                .in(headings)
                .orElseThrow();
        for (int again = 0; again < 2; again++) {
            assertThat(is.fits(RowView.of(List.of("x", " TOTAL ")))).isTrue();
            assertThat(is.fits(RowView.of(List.of("total", "sale")))).isFalse();
            assertThat(like.fits(RowView.of(List.of("x", "subtotal")))).isTrue();
            assertThat(like.fits(RowView.of(List.of("x", "a subtotal")))).isFalse();
            assertThat(is.fits(RowView.of(List.of("x")))).isFalse();
        }
        assertThat(new RowRule(type, Set.of("x"), Optional.empty()).in(List.of("a")))
                .isEmpty();
    }
}
