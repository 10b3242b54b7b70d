package dev.tactus.reports.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.reports.ReportField;
import dev.tactus.settings.InvalidConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutReaderTest {
    private static final String SOUND = """
        layout: mine
        sender: Me
        columns: [ISRC, Month, Sold]
        fields:
          isrc: ISRC
          usage: {column: Month, format: yyyy-MM}
          quantity: Sold
        """;

    @Test
    void readsALayout() {
        Layout layout = LayoutReader.read("mine.yaml", SOUND);
        assertThat(layout.name()).isEqualTo("mine");
        assertThat(layout.quotes()).isTrue();
        assertThat(layout.fields())
                .containsKeys(ReportField.SENDER, ReportField.ISRC, ReportField.USAGE, ReportField.QUANTITY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layout: mine | layout: My Layout | mine.yaml:1: layout: a layout's name is made of a-z",
                "sender: Me | sendr: Me | mine.yaml:2: sendr: this key is not known; did you mean \"sender\"?",
                "columns: [ISRC, Month, Sold] | title: x | expected either \"columns\"",
                "isrc: ISRC | isrrc: ISRC | mine.yaml:5: fields.isrrc: unknown field",
                "isrc: ISRC | artist: ISRC | expected isrc, upc or title",
                "yyyy-MM} | nonsense} | fields.usage.format: not a format of days, months, quarters or years",
                "{column: Month, format: yyyy-MM} | Month | fields.usage: expected a format, such as format: yyyy-MM",
                "isrc: ISRC | isrc: {colum: ISRC} | mine.yaml:5: fields.isrc.colum: this key is not known",
                "isrc: ISRC | isrc: preamble.code | mine.yaml:5: fields.isrc: \"preamble\" does not define \"code\"",
                "isrc: ISRC | isrc: /(/ | mine.yaml:5: fields.isrc: invalid pattern",
                "sender: Me | decimal: x | mine.yaml:2: decimal: expected one of",
                "sender: Me | encoding: ebcdic | mine.yaml:2: encoding: expected windows-1252, windows-1251, latin-1"
                        + " or utf-8",
                "sender: Me | delimiters: [space] | expected tab, comma, semicolon or pipe",
                "quantity: Sold | quantity: Sold\\n"
                        + "  usage_type: {column: T, map: {x: hum}} | expected one of stream, download",
                "sender: Me | totals: [{when: {column: A, is: x}}] | expected at least one of rows",
                "sender: Me | skip: [{column: A}] | expected either \"is\"",
            })
    void refusesWithFileLineAndKey(String from, String to, String message) {
        String text = SOUND.replace(from, to.replace("\\n", "\n"));
        assertThat(text).isNotEqualTo(SOUND);
        assertThatThrownBy(() -> LayoutReader.read("mine.yaml", text))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(message);
    }

    @Test
    void theLayoutInTheManualIsOne() throws Exception {
        String manual = Files.readString(Path.of("..", "docs", "reports.md"));
        String yaml = manual.substring(manual.indexOf("```yaml") + 7);
        Layout layout = LayoutReader.read("reports.md", yaml.substring(0, yaml.indexOf("```")));
        assertThat(layout.name()).isEqualTo("my-distributor");
        assertThat(layout.totals()).hasSize(1);
    }

    @Test
    void bundledLayoutsAreSoundAndHaveTitles() {
        assertThat(Layouts.bundled().all()).hasSizeGreaterThanOrEqualTo(13);
        for (Layout layout : Layouts.bundled().all()) {
            assertThat(layout.title()).isNotEqualTo(layout.name());
        }
    }

    @Test
    void aLayoutOfOnesOwnTakesThePlaceOfABundledOne(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.yaml"), SOUND.replace("layout: mine", "layout: fuga"));
        assertThat(Layouts.with(folder).named("fuga").origin()).endsWith("a.yaml");

        Files.writeString(folder.resolve("b.yaml"), SOUND);
        Files.writeString(folder.resolve("c.yaml"), SOUND);
        assertThatThrownBy(() -> Layouts.with(folder))
                .hasMessageContaining("c.yaml: the name \"mine\" is already used by");
        assertThatThrownBy(() -> Layouts.with(folder.resolve("none"))).hasMessageContaining("no such folder");
        assertThatThrownBy(() -> Layouts.bundled().named("nothing"))
                .hasMessageContaining("known layouts are ")
                .hasMessageContaining(" apple-financial, ");
    }
}
