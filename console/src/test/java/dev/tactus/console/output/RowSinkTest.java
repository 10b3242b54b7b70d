package dev.tactus.console.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.query.RowSink.Column;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowSinkTest {
    private static final List<Column> COLUMNS = List.of(new Column("name", "VARCHAR"), new Column("n", "BIGINT"));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void csvQuotesWhatNeedsItAndTellsNullFromEmpty() {
        CsvRowSink rows = new CsvRowSink(out);
        rows.columns(COLUMNS);
        rows.row(List.of("a \"b\", c", 1L));
        rows.row(Arrays.asList(null, 2L));
        rows.row(List.of("", new BigDecimal("1E+3")));

        assertThat(text()).isEqualTo("name,n\n\"a \"\"b\"\", c\",1\n,2\n\"\",1000\n");
    }

    @Test
    void jsonIsOneObjectWithTimesAsText() {
        JsonRowSink rows = new JsonRowSink(out);
        rows.columns(COLUMNS);
        rows.row(List.of(LocalDate.of(2026, 11, 21), 1L));
        rows.row(Arrays.asList(null, 2L));
        rows.end();

        assertThat(text())
                .isEqualTo("{\"command\":\"query\",\"ok\":true,\"columns\":[\"name\",\"n\"],\"rows\":["
                        + "{\"name\":\"2026-11-21\",\"n\":1},{\"name\":null,\"n\":2}]}\n");
    }

    @Test
    void jsonRefusesTwoColumnsOfOneName() {
        JsonRowSink rows = new JsonRowSink(out);

        assertThatThrownBy(() -> rows.columns(List.of(new Column("a", "INTEGER"), new Column("a", "INTEGER"))))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("two columns are called \"a\"");
        assertThat(text()).isEmpty();
    }

    @Test
    void aTableKeepsTheFirstThousandAndSaysSo() {
        TableRowSink rows = new TableRowSink();
        rows.columns(COLUMNS);
        for (long n = 1; n <= 1_001; n++) {
            rows.row(List.of("x", n));
        }

        assertThat(rows.lines()).hasSize(1_001).startsWith("name  n", "x     1");
        assertThat(rows.leftOut()).contains("first 1000 shown");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
