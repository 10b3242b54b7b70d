package dev.tactus.reports.csv;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.tactus.reports.csv.CsvDialect.Delimiter;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows are cut as FastCSV cuts them where FastCSV can read the text at all; and always the same, however the bytes
/// come.
class RowReaderPropertyTest {
    private static final String[] PIECES = {
        "a",
        "b ",
        " c",
        "1.5",
        "é",
        "\"",
        "\"\"",
        ",",
        ",",
        ";",
        "\n",
        "\r\n",
        "\"x\"",
        "\"y,z\"",
        "\"l1\nl2\"",
        "\"q\"\"q\"",
        "\t"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void cutsAsFastCsvDoes(long seed) throws IOException {
        Random random = new Random(seed);
        int compared = 0;
        for (int trial = 0; trial < 1_000; trial++) {
            String text = text(random);
            Optional<List<List<String>>> expected = fastCsv(text);
            if (expected.isPresent()) {
                assertThat(rows(text, 1 << 12, Integer.MAX_VALUE))
                        .as("seed %d: %s", seed, text)
                        .isEqualTo(expected.get());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(150);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void cutsTheSameHoweverTheBytesCome(long seed) throws IOException {
        Random random = new Random(seed);
        for (int trial = 0; trial < 700; trial++) {
            String text = text(random);
            List<List<String>> whole = rows(text, 1 << 12, Integer.MAX_VALUE);
            assertThat(rows(text, 128, 1 + random.nextInt(7)))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(whole);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /// Nothing where it finds the quotes wrong; blank lines left out, spaces around cells too, as here.
    private static Optional<List<List<String>>> fastCsv(String text) {
        List<List<String>> rows = new ArrayList<>();
        try {
            CsvReader.builder()
                    .skipEmptyLines(true)
                    .allowUnclosedQuote(false)
                    .ofCsvRecord(text)
                    .forEach(record -> {
                        List<String> cells = record.getFields().stream()
                                .map(RowReaderPropertyTest::bare)
                                .toList();
                        if (record.getFieldCount() > 1 || !cells.getFirst().isEmpty() || text.contains("\"")) {
                            rows.add(cells);
                        }
                    });
        } catch (CsvParseException e) {
            return Optional.empty();
        }
        // a row that is one quoted cell of nothing is blank to one and not to the other
        return rows.stream().anyMatch(row -> row.size() == 1 && row.getFirst().isEmpty())
                ? Optional.empty()
                : Optional.of(rows);
    }

    private static String bare(String cell) {
        return cell.replaceAll("^[ \t]+|[ \t]+\\z", "");
    }

    private static List<List<String>> rows(String text, int buffer, int bytesAtOnce) throws IOException {
        InputStream in = new FilterInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, bytesAtOnce));
            }
        };
        RowReader reader = new RowReader("x", in, new CsvDialect(Delimiter.COMMA, true), buffer);
        RowBatch batch = new RowBatch(StandardCharsets.UTF_8, buffer);
        List<List<String>> rows = new ArrayList<>();
        RowView cells = new RowView();
        while (reader.fill(batch)) {
            for (int row = 0; row < batch.rows(); row++) {
                if (batch.isBroken(row)) {
                    rows.add(List.of("broken", new String(batch.raw(row), StandardCharsets.UTF_8)));
                } else {
                    batch.read(row, cells);
                    rows.add(cells.texts());
                }
            }
        }
        return rows;
    }
}
