package dev.tactus.reports.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reports.ReportField;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.csv.SliceCache;
import dev.tactus.reports.layout.FieldRule;
import dev.tactus.reports.rows.BoundField.FieldPlace;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CellCacheTest {
    private static BoundField at(FieldPlace... places) {
        return new BoundField(
                ReportField.TITLE, FieldRule.constant("", List.of()), Set.of(), Arrays.asList(places), "");
    }

    private static RowView row(String... cells) {
        return RowView.of(List.of(cells));
    }

    private static CellCache<String> cache(int holders, BoundField... fields) {
        return new CellCache<>(Arrays.asList(fields), holders, new SliceCache<>(100, 10_000));
    }

    @Test
    void findsByTheCellsThatItsFieldsAreReadFromWhateverTheOthers() {
        CellCache<String> cache = cache(1, at(new FieldPlace(0, 1)), at(new FieldPlace(0, 2), new FieldPlace(0, 4)));
        RowView[] first = {row("a", "b", "c", "d", "e")};
        assertThat(cache.get(first)).isNull();
        cache.put("found");
        assertThat(cache.get(new RowView[] {row("xx", "b", "c", "yy", "e")})).isEqualTo("found");
        assertThat(cache.get(new RowView[] {row("a", "b", "c", "d", "x")})).isNull();
        assertThat(cache.get(new RowView[] {row("a", "x", "c", "d", "e")})).isNull();
        assertThat(cache.get(new RowView[] {row("a", "b", "x", "d", "e")})).isNull();
        assertThat(cache.get(new RowView[] {row("a", "b", "c")})).isNull();
    }

    @Test
    void findsByTheCellsOfAllRowsThatBelongTogether() {
        CellCache<String> cache = cache(2, at(new FieldPlace(0, 0)), at(new FieldPlace(1, 1)));
        assertThat(cache.get(new RowView[] {row("a", "z"), row("b", "c")})).isNull();
        cache.put("found");
        assertThat(cache.get(new RowView[] {row("a", "y"), row("x", "c")})).isEqualTo("found");
        assertThat(cache.get(new RowView[] {row("a", "z"), row("b", "d")})).isNull();
        assertThat(cache.get(new RowView[] {row("ac", "z"), row("b", "")})).isNull();
        String wide = "w".repeat(10_000);
        assertThat(cache.get(new RowView[] {row(wide), row("b", wide)})).isNull();
        cache.put("wide");
        assertThat(cache.get(new RowView[] {row(wide), row("b", wide)})).isEqualTo("wide");
    }
}
