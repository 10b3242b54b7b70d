package dev.tactus.ingest.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.music.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogFileTest {
    @TempDir
    private Path folder;

    private final List<Recording> kept = new ArrayList<>();

    @Test
    void readsColumnsByNameInAnyOrderAndCase() throws IOException {
        CatalogSummary summary = load("""
                Duration_MS,nobody knows,ISRC,Title,artists,explicit,territories,priority,release_date,label,upc
                202236,x,at-b15-85-00018,"Rock, Me ""Amadeus""\",Falco; Mozart,True,DE;at,3,1985-02-19,Ariola,036000291452
                """);

        assertThat(summary.recordings()).isEqualTo(1);
        assertThat(summary.rejects()).isEmpty();
        Recording recording = kept.getFirst();
        assertThat(recording.isrc().value()).isEqualTo("ATB158500018");
        assertThat(recording.title()).isEqualTo("Rock, Me \"Amadeus\"");
        assertThat(recording.artists()).containsExactly("Falco", "Mozart");
        assertThat(recording.artistCredit()).isEqualTo("Falco; Mozart");
        assertThat(recording.durationMs()).isEqualTo(202_236);
        assertThat(recording.explicit()).isTrue();
        assertThat(recording.territories()).containsExactly("DE", "AT");
        assertThat(recording.priority()).isEqualTo(3);
        assertThat(recording.releaseDate()).isEqualTo("1985-02-19");
        assertThat(recording.upc()).isEqualTo("00036000291452");
    }

    @Test
    void readsUtf8WithAByteOrderMarkAndWindowsLineEnds() throws IOException {
        load("\uFEFFisrc,title\r\nUSUM72409273,きらり\r\n\r\nUSUM72409274,\"two\r\nlines\"\r\n");

        assertThat(kept).extracting(Recording::title).containsExactly("きらり", "two\nlines");
    }

    @Test
    void setsBadRowsAsideWithLineAndReasonAndGoesOn() throws IOException {
        CatalogSummary summary = load("""
                isrc,title
                USUM72409273,good
                nonsense,bad
                ,empty
                "USUM72409274","never closed
                USUM72409275,"closed"too early
                USUM72409276,one,too many
                USUM72409277
                USUM72409278,good
                """);

        assertThat(kept)
                .extracting(recording -> recording.isrc().value())
                .containsExactly("USUM72409273", "USUM72409277", "USUM72409278");
        assertThat(summary.rows()).isEqualTo(8);
        assertThat(summary.rejected()).isEqualTo(5);
        assertThat(summary.warnings()).isEqualTo(1);
        assertThat(rejects())
                .startsWith("line,kind,reason,row\n")
                .contains("3,rejected,", "4,rejected,", "5,rejected,a quote is never closed")
                .contains("6,rejected,a quote is never closed")
                .contains("7,rejected,")
                .contains("8,warning,");
    }

    @ParameterizedTest
    @CsvSource({
        "duration_ms,abc",
        "duration_ms,-3",
        "upc,124",
        "explicit,maybe",
        "release_date,21.11.2026",
        "priority,high",
        "territories,Narnia"
    })
    void keepsARowWithoutABadFieldAndTellsOfIt(String column, String value) throws IOException {
        CatalogSummary summary = load("isrc,title," + column + "\nUSUM72409273,Title," + value + "\n");

        assertThat(kept).singleElement().satisfies(recording -> {
            assertThat(recording.title()).isEqualTo("Title");
            assertThat(recording.durationMs()).isNull();
            assertThat(recording.upc()).isNull();
            assertThat(recording.explicit()).isNull();
            assertThat(recording.territories()).isEmpty();
        });
        assertThat(summary.warnings()).isEqualTo(1);
        assertThat(rejects()).contains("2,warning,", column);
    }

    @Test
    void makesOneRecordingOfTheRowsThatNameItAndTellsOfThem() throws IOException {
        CatalogSummary summary = load("""
                isrc,title,artists,duration_ms,priority
                USUM72409273,,A,,1
                USUM72409274,Other,B,1000,0
                usum7-24-09273,Title,C,2000,5
                """);

        assertThat(summary.recordings()).isEqualTo(2);
        assertThat(summary.merged()).isEqualTo(1);
        Recording merged = kept.stream()
                .filter(recording -> recording.isrc().value().equals("USUM72409273"))
                .findFirst()
                .orElseThrow();
        assertThat(merged.title()).isEqualTo("Title");
        assertThat(merged.artistCredit()).isEqualTo("A");
        assertThat(merged.artists()).containsExactly("A");
        assertThat(merged.durationMs()).isEqualTo(2000);
        assertThat(merged.priority()).isEqualTo(5);
        assertThat(rejects())
                .contains("4,merged,")
                .contains("kept as first stated: artists")
                .contains("taken from this row: title, duration_ms");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is empty",
                "title,artists\\nA,B\\n|names no column isrc",
                "isrc;title\\nUSUM72409273;A\\n|separated by ;",
                "isrc,isrc\\nUSUM72409273,A\\n|twice",
                "isrc\\n|no rows",
                "isrc\\nnonsense\\n|none of its 1 rows names a valid ISRC",
            })
    void refusesAFileThatHoldsNoCatalogAndTouchesNothing(String content, String reason) throws IOException {
        Path older = Files.writeString(folder.resolve("catalog-rejects.csv"), "older");

        assertThatThrownBy(() -> load(content.replace("\\n", "\n")))
                .isInstanceOf(BadCatalog.class)
                .hasMessageContaining("catalog.csv")
                .hasMessageContaining(reason);

        assertThat(kept).isEmpty();
        assertThat(older).hasContent("older");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void refusesWhatIsNoText() throws IOException {
        refuses(new byte[] {'P', 'K', 3, 4, 20, 0}, "spreadsheet");
        refuses("isrc\nUSUM72409273,Beyoncé\n".getBytes(StandardCharsets.ISO_8859_1), "not UTF-8");
        refuses("isrc\n".getBytes(StandardCharsets.UTF_16), "UTF-16");
        refuses(new byte[] {'i', 's', 'r', 'c', '\n', 'a', 0, 'b'}, "zero byte");
        refuses(new byte[] {(byte) 0x80, (byte) 0x81}, "not UTF-8");
        assertThat(folder.resolve("catalog-rejects.csv")).doesNotExist();
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> file(folder.resolve("nothing.csv")).check())
                .isInstanceOf(BadCatalog.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> file(folder).check()).hasMessageContaining("is a folder");
    }

    @Test
    void takesTheRejectsOfAnEarlierReadingAwayWhenThereAreNone() throws IOException {
        load("isrc\nUSUM72409273\nbad\n");
        assertThat(folder.resolve("catalog-rejects.csv")).exists();

        load("isrc\nUSUM72409273\n");

        assertThat(folder.resolve("catalog-rejects.csv")).doesNotExist();
    }

    @Test
    void tellsFilesApartByTheirBytes() throws IOException {
        String first = load("isrc\nUSUM72409273\n").sha256();
        assertThat(first).matches("[0-9a-f]{64}");
        assertThat(load("isrc\nUSUM72409273\n").sha256()).isEqualTo(first);
        assertThat(load("isrc\nUSUM72409274\n").sha256()).isNotEqualTo(first);
    }

    @Test
    void readsARealCatalogWithoutARejectedRow() {
        Path sample = Path.of("../../shared/samples/catalog/catalog-1100.csv");
        Assumptions.assumeTrue(Files.exists(sample));
        CatalogSummary summary = file(sample).load((hash, recordings) -> recordings.forEachRemaining(kept::add));

        assertThat(summary.recordings() + summary.merged() + summary.rejected()).isEqualTo(summary.rows());
        assertThat(kept).hasSize((int) summary.recordings());
        assertThat(summary.rejected()).isZero();
    }

    private void refuses(byte[] content, String reason) throws IOException {
        Files.write(folder.resolve("catalog.csv"), content);
        assertThatThrownBy(() -> file(folder.resolve("catalog.csv")).check())
                .isInstanceOf(BadCatalog.class)
                .hasMessageContaining(reason);
    }

    private CatalogSummary load(String content) throws IOException {
        kept.clear();
        Path file = Files.writeString(folder.resolve("catalog.csv"), content);
        return file(file).load((hash, recordings) -> recordings.forEachRemaining(kept::add));
    }

    private CatalogFile file(Path file) {
        return new CatalogFile(file, ";", folder.resolve("catalog-rejects.csv"));
    }

    private String rejects() throws IOException {
        return Files.readString(folder.resolve("catalog-rejects.csv")).replace("\r\n", "\n");
    }
}
