package dev.tactus.lake.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlResourceTest {
    private static final SqlResource SAMPLE = SqlResource.of(SqlResourceTest.class, "sample")
            .with("flag", true)
            .with("from", LocalDate.of(2026, 10, 1))
            .with("least", -5)
            .with("kinds", List.of("stream", "it's"));

    @Test
    void writesEachValueAsALiteralAndLeavesTextsAndCommentsAlone() {
        String sql = SAMPLE.with("source", "o'clock $1 \\ {rows} :from")
                .insert("rows", "\"t\"")
                .text();

        assertThat(sql).isEqualTo("""
                -- :source and {rows} in a comment are only words
                SELECT ':source' AS kept, CAST(n AS BIGINT)::VARCHAR AS n, struct_pack(a := true) AS s
                FROM "t"
                WHERE source = 'o''clock $1 \\ {rows} :from' AND day >= DATE '2026-10-01' AND n > 3 - (-5)\
                 AND kind IN ('stream', 'it''s')""");
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> SAMPLE.insert("rows", "t").text())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sample.sql lacks a value for :source");
        SqlResource whole = SAMPLE.insert("rows", "t").with("source", "s");
        assertThatThrownBy(() -> whole.with("rows", "t").text())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no parameter :rows");
        assertThatThrownBy(() -> whole.with("source", "again")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> whole.with("more", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SqlResource.of(SqlResourceTest.class, "nowhere"))
                .hasMessageContaining("no resource nowhere.sql");
    }
}
