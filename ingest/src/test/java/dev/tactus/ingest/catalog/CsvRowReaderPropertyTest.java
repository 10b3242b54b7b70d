package dev.tactus.ingest.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CsvRowReaderPropertyTest {
    private static final List<String> PIECES =
            List.of("a", "ü", "\"", ",", "\n", "\r\n", " ", "7\" mix", "", "きらり", "''");

    @Test
    void readsWhatWasWrittenByTheRules() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            List<List<String>> written = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            String end = random.nextBoolean() ? "\n" : "\r\n";
            for (int row = 0; row < 1 + random.nextInt(8); row++) {
                List<String> fields = new ArrayList<>(List.of("x"));
                for (int field = 0; field < random.nextInt(5); field++) {
                    fields.add(text(random));
                }
                written.add(fields.stream()
                        .map(field -> field.replace("\r\n", "\n"))
                        .toList());
                text.append(fields.stream()
                                .map(field -> "\"" + field.replace("\"", "\"\"") + "\"")
                                .collect(Collectors.joining(",")))
                        .append(end);
            }
            assertThat(fields(text.toString())).isEqualTo(written);
        }
    }

    @Test
    void neverLosesASoundRowToABrokenOne() throws IOException {
        Random random = new Random(12);
        for (int round = 0; round < 300; round++) {
            List<List<String>> sound = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int row = 0; row < 20; row++) {
                text.append("s").append(row).append(random.nextBoolean() ? ",plain\n" : ",\"plain\"\n");
                sound.add(List.of("s" + row, "plain"));
            }
            int broken = random.nextInt(20);
            int at = text.indexOf("s" + broken + ",");
            text.insert(at, "broken,\"never closed\n");

            assertThat(fields(text.toString())).isEqualTo(sound);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < random.nextInt(4); i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static List<List<String>> fields(String text) throws IOException {
        CsvRowReader rows = new CsvRowReader(new StringReader(text));
        List<List<String>> read = new ArrayList<>();
        for (Optional<CsvRow> row = rows.next(); row.isPresent(); row = rows.next()) {
            if (row.orElseThrow() instanceof CsvRow.Fields fields) {
                read.add(fields.values());
            }
        }
        return read;
    }
}
