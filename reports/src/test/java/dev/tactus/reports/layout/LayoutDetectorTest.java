package dev.tactus.reports.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.delivery.ReportsFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutDetectorTest {
    private static final String FIELDS = """
            fields:
              service: {value: Spotify}
              isrc: ISRC
              usage: {column: Month, format: yyyy-MM}
              usage_type: {value: stream}
              quantity: Sold
            """;

    @SuppressWarnings("NullAway.Init")
    ReportsFixture fixture;

    @SuppressWarnings("NullAway.Init")
    Path own;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        fixture = new ReportsFixture(folder);
        own = Files.createDirectories(folder.resolve("layouts"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void layout(String name, String columns) throws Exception {
        Files.writeString(
                own.resolve(name + ".yaml"),
                "layout: " + name + "\nsender: " + name + "\ncolumns: [" + columns + "]\n" + FIELDS);
        fixture.layouts = Layouts.with(own);
    }

    @Test
    void theLayoutThatAsksForMoreIsMeant() throws Exception {
        layout("small", "ISRC, Month, Sold");
        layout("large", "ISRC, Month, Sold, Shop");
        assertThat(fixture.imported(fixture.file("a.csv", "Month,isrc,  SOLD,Shop\n2026-10,USABC2500001,1,x\n"))
                        .report()
                        .layout())
                .isEqualTo("large");
        assertThat(fixture.imported(fixture.file("b.csv", "Month;ISRC;Sold\n2026-10;USABC2500002;1\n"))
                        .report()
                        .layout())
                .isEqualTo("small");
    }

    @Test
    void whatSeveralLayoutsFitIsAskedAbout() throws Exception {
        layout("one", "ISRC, Month, Sold, A");
        layout("two", "ISRC, Month, Sold, B");
        assertThat(fixture.refused(fixture.file("a.csv", "ISRC,Month,Sold,A,B\nUSABC2500001,2026-10,1,,\n")))
                .contains("several layouts match: one, two. Choose one with --layout NAME");
    }

    @Test
    void aLayoutThatWasNamedAndDoesNotFitSaysWhatIsMissing() throws Exception {
        layout("one", "ISRC, Month, Sold, A");
        ImportOptions named = new ImportOptions(
                Optional.of("one"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                java.util.List.of(),
                "");
        assertThat(fixture.refused(fixture.file("a.csv", "x\nISRC,Month,Sold\nUSABC2500001,2026-10,1\n"), named))
                .contains("layout one does not match")
                .endsWith("is line 2, which lacks a");
    }

    @Test
    void aTableWithoutAHeaderIsRecognisedByItsWidthAndItsIsrcs() throws Exception {
        Files.writeString(
                own.resolve("bare.yaml"),
                "layout: bare\nsender: Bare\nheader: false\ndelimiters: [comma]\ncolumns: [Month, ISRC, Sold]\n"
                        + FIELDS);
        fixture.layouts = Layouts.with(own);
        assertThat(fixture.imported(fixture.file("a.csv", "2026-10,USABC2500001,4\n2026-10,USABC2500002,5\n"))
                        .report()
                        .counts()
                        .landed())
                .isEqualTo(2);
        assertThat(fixture.refused(fixture.file("b.csv", "2026-10,nothing,4\n")))
                .contains("no layout matches");
    }
}
