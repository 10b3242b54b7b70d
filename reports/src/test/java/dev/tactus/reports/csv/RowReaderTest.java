package dev.tactus.reports.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.reports.BadReport;
import dev.tactus.reports.csv.CsvDialect.Delimiter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowReaderTest {
    private static final CsvDialect COMMAS = new CsvDialect(Delimiter.COMMA, true);

    /// Each row as its line, what it is, and its cells.
    private static List<String> rows(String text, CsvDialect dialect) {
        List<String> rows = new ArrayList<>();
        RowReader reader = new RowReader(
                "a.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), dialect, 4 << 20);
        RowBatch batch = new RowBatch(StandardCharsets.UTF_8, 4 << 20);
        RowView view = new RowView();
        try {
            while (reader.fill(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    if (batch.isBroken(row)) {
                        rows.add(batch.line(row) + " broken " + new String(batch.raw(row), StandardCharsets.UTF_8));
                    } else {
                        batch.read(row, view);
                        rows.add(batch.line(row) + " " + view.texts());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.add(reader.lines() + " lines");
        return rows;
    }

    @Test
    void numbersTheLinesWhateverEndsThem() {
        assertThat(rows("a,b\n\r\nc\rd,\"x\ny\"\r\ne", COMMAS))
                .containsExactly("1 [a, b]", "3 [c]", "4 [d, x\ny]", "6 [e]", "6 lines");
    }

    @Test
    void aQuoteIsACharacterWhereTheDialectSaysSo() {
        assertThat(rows("\"a,b\"\n\"c\n", new CsvDialect(Delimiter.COMMA, false)))
                .containsExactly("1 [\"a, b\"]", "2 [\"c]", "2 lines");
    }

    @Test
    void aBrokenQuoteCostsItsOwnLineOnly() {
        assertThat(rows("a,\"b\nc,d\n\"x\"y,1\ne,f\n", COMMAS))
                .containsExactly("1 broken a,\"b", "2 [c, d]", "3 broken \"x\"y,1", "4 [e, f]", "4 lines");
    }

    @Test
    void aQuotedCellGoesOverAHundredLineEndsAndNoMore() {
        assertThat(rows("\"" + "x\n".repeat(100) + "\",1\nz\n", COMMAS))
                .hasSize(3)
                .last()
                .isEqualTo("102 lines");
        assertThat(rows("\"" + "x\n".repeat(101) + "\",1\nz\n", COMMAS)).first().isEqualTo("1 broken \"x");
        assertThat(rows("\"" + "x\r".repeat(101) + "\",1\nz\n", COMMAS)).first().isEqualTo("1 broken \"x");
    }

    @Test
    void aRowOfAMegabyteIsReadAndALongerOneRefused() {
        String most = "x".repeat(RowReader.MOST_BYTES);
        assertThat(rows("a\n" + most + "\nb\n", COMMAS)).hasSize(4);
        assertThatThrownBy(() -> rows("a\n" + most + "x\nb\n", COMMAS))
                .isInstanceOf(BadReport.class)
                .hasMessageStartingWith("a.csv: line 2 is longer than 1 MB");
        assertThatThrownBy(() -> rows("a\n" + most + "x", COMMAS)).isInstanceOf(BadReport.class);
        assertThatThrownBy(() -> rows("a\n" + "x".repeat(5 << 20) + "\n", COMMAS))
                .isInstanceOf(BadReport.class);
    }

    @Test
    void rowsAreKeptAsTheyStandInUtf8() throws IOException {
        Charset western = Charset.forName("windows-1252");
        byte[] bytes = "é,\"a\"\"b\" \nplain,1\n".getBytes(western);
        RowReader reader = new RowReader("x", new ByteArrayInputStream(bytes), COMMAS, 1 << 12);
        RowBatch batch = new RowBatch(western, 1 << 12);
        assertThat(reader.fill(batch)).isTrue();
        assertThat(new String(batch.raw(0), StandardCharsets.UTF_8)).isEqualTo("é,\"a\"\"b\" ");
        assertThat(new String(batch.raw(1), StandardCharsets.UTF_8)).isEqualTo("plain,1");
        assertThat(batch.isBroken(0)).as("a quoted cell ends with its quote").isTrue();
    }

    @Test
    void aBatchGrowsWithItsRowsAndCells() {
        String cells = "1,".repeat(40_000);
        List<String> rows = rows((cells + "\n") + "a\n".repeat(5_000), COMMAS);
        assertThat(rows).hasSize(5_002);
        assertThat(rows.getFirst().chars().filter(c -> c == ',').count()).isEqualTo(40_000);
        assertThat(rows.get(5_000)).isEqualTo("5001 [a]");
    }
}
