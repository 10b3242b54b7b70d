package dev.tactus.reports.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowViewTest {
    /// Cells of a row that stands behind other bytes, cut as the reader would.
    private static RowView view(String before, String... cells) {
        StringBuilder text = new StringBuilder(before);
        int[] starts = new int[cells.length];
        int[] ends = new int[cells.length];
        for (int i = 0; i < cells.length; i++) {
            boolean quoted = cells[i].startsWith("\"");
            starts[i] = text.length() + (quoted ? 1 : 0);
            text.append(cells[i]);
            int end = text.length() - (quoted ? 1 : 0);
            ends[i] = cells[i].contains("\"\"") ? RowView.escaped(end) : end;
            text.append(',');
        }
        RowView view = new RowView();
        view.at(
                text.toString().getBytes(StandardCharsets.UTF_8),
                starts,
                ends,
                0,
                cells.length,
                StandardCharsets.UTF_8);
        return view;
    }

    @Test
    void leavesOutTheSpacesAroundATextAndNoOthers() {
        RowView view = view("", " \tab c\t ", "x", "   ", "");
        assertThat(view.texts()).containsExactly("ab c", "x", "", "");
        assertThat(view.isEmpty(0)).isFalse();
        assertThat(view.isEmpty(2)).isTrue();
        assertThat(view.isEmpty(3)).isTrue();
        assertThat(view.count()).isEqualTo(4);
        assertThat(view.isBlank()).isFalse();
        assertThat(view("", " ", "").isBlank()).isTrue();
    }

    @Test
    void aCellThatTheRowDoesNotHaveIsAnEmptyOne() {
        RowView view = view("", "a");
        assertThat(view.text(1)).isEmpty();
        assertThat(view.isEmpty(1)).isTrue();
        assertThat(view.is(1, new byte[0])).isFalse();
        assertThat(view.from(1)).isEqualTo(view.to(0));
        assertThat(view.to(1)).isEqualTo(view.to(0));
        assertThat(new RowView().from(0)).isZero();
        assertThat(new RowView().to(3)).isZero();
    }

    @Test
    void whatStandsInACellHasItsQuotes() {
        RowView view = view("zz,", "\"a\"", "b", "\"c\"\"d\"");
        assertThat(view.texts()).containsExactly("a", "b", "c\"d");
        assertThat(stretch(view, 0)).isEqualTo("\"a\"");
        assertThat(stretch(view, 1)).isEqualTo("b");
        assertThat(stretch(view, 2)).isEqualTo("\"c\"\"d\"");
        assertThat(view.is(0, "a".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(view.is(0, "b".getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    private static String stretch(RowView view, int cell) {
        return new String(view.buffer(), view.from(cell), view.to(cell) - view.from(cell), StandardCharsets.UTF_8);
    }

    @Test
    void aRowOfOnesOwnMakingHasItsTexts() {
        List<String> texts = List.of("é", "", "\"q\"", "a,b");
        assertThat(RowView.of(texts).texts()).isEqualTo(texts);
    }
}
