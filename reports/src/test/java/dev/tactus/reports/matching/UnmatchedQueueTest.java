package dev.tactus.reports.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tactus.ledger.royalty.UsageMatch;
import dev.tactus.music.Recording;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.reports.delivery.ReportsFixture;
import dev.tactus.reports.delivery.ReportsFixtureTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnmatchedQueueTest extends ReportsFixtureTest {
    private static final DoubleClaims NONE = new DoubleClaims(0, List.of());

    private int decided;

    private static final Isrc OURS = new Isrc("USABC2500001");
    private static final String REPORT = """
        Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,Songwriter Royalties Withheld,Earnings (USD)
        2026-11-20,2026-10,Spotify,Somebody,Known,USABC2500001,,12,100,Song,US,0,0.5
        2026-11-20,2026-10,Spotify,Else,Foreign,USXYZ2500009,,100,100,Song,US,0,0.5
        2026-11-20,2026-10,Deezer,Else,Foreign,USXYZ2500009,,50,100,Song,DE,0,0.25
        2026-11-20,2026-10,iTunes,Somebody,An Album,,859712345677,3,100,Album,US,0,2.1
        2026-11-20,2026-10,Spotify,X,"=cmd|' /C calc'!A0",,,1,100,Song,US,0,0.1
        """;

    @BeforeEach
    void report() {
        Recording known = new Recording(
                OURS, "Known", List.of("Somebody"), "Somebody", null, "859712345677", null, null, null, List.of(), 0);
        fixture.ledger.recordings().replaceWith("hash", List.of(known).iterator());
        fixture.imported(fixture.file("a.csv", REPORT));
    }

    private List<UnmatchedUsage> unmatched() {
        try (UnmatchedQueue queue = queue()) {
            List<UnmatchedUsage> all = new ArrayList<>();
            queue.each(all::add);
            assertThat(all).hasSize((int) queue.count());
            return all;
        }
    }

    private UnmatchedQueue queue() {
        return new UnmatchedQueue(fixture.ledger, fixture.lake);
    }

    private byte[] workbook() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (UnmatchedQueue queue = queue()) {
            MatchSheetWriter.xlsx(queue, out);
        }
        return out.toByteArray();
    }

    /// Each decides a second after the one before.
    private MatchImporter matching() {
        Instant now = ReportsFixture.CLOCK.instant().plusSeconds(decided++);
        return new MatchImporter(fixture.ledger, fixture.lake, InstantSource.fixed(now));
    }

    @Test
    void listsWhatTheCatalogDoesNotKnowWhatIsWorthMostFirst() {
        assertThat(unmatched())
                .extracting(
                        UnmatchedUsage::usageKey,
                        u -> u.quantity().toString(),
                        u -> u.revenue().toString())
                .containsExactly(
                        tuple("distrokid|00859712345677|an album|somebody", "3", "{USD=2.100000000000000000}"),
                        tuple("USXYZ2500009", "150", "{USD=0.750000000000000000}"),
                        tuple("distrokid||=cmd ' /c calc'!a0|x", "1", "{USD=0.100000000000000000}"));
        assertThat(unmatched().getFirst().suggestion())
                .as("the only recording of that release")
                .isEqualTo(OURS);
    }

    @Test
    void aMatchIsRememberedNextMonth() {
        Path sheet = fixture.file(
                "sheet.csv", "usage_key,match_isrc\nUSXYZ2500009,us-abc-25-00001\ndistrokid||=cmd ' /c calc'!a0|x,-\n");

        MatchImporter.MatchCounts taken = matching().take(sheet, "Ada");
        assertThat(taken.matched()).isEqualTo(1);
        assertThat(taken.notOurs()).isEqualTo(1);
        assertThat(taken.beside().all())
                .as("the recording has rows of its own there")
                .isEqualTo(1);

        assertThat(unmatched()).extracting(UnmatchedUsage::title).containsExactly("An Album");
        fixture.imported(
                fixture.file("b.csv", REPORT.replace("2026-10", "2026-11").replace("2026-11-20", "2026-12-20")));
        assertThat(unmatched()).extracting(UnmatchedUsage::title).containsExactly("An Album");
        assertThat(fixture.rows("SELECT usage_key, isrc, decided_by FROM usage_matches ORDER BY 1 DESC"))
                .containsExactly("distrokid||=cmd ' /c calc'!a0|x|null|Ada", "USXYZ2500009|USABC2500001|Ada");
        assertThat(fixture.rows(
                        "SELECT CAST(sum(s.quantity) AS BIGINT) FROM sales s LEFT JOIN usage_matches m ON m.usage_key ="
                                + " coalesce(s.isrc, s.usage_key) WHERE coalesce(m.isrc, s.isrc) = 'USABC2500001'"))
                .containsExactly("324");
    }

    @Test
    void aMatchThatTakesAnothersPlaceTellsWhatItWasAndWhoseItWas() {
        Path first = fixture.file("first.csv", "usage_key,match_isrc\nUSXYZ2500009,USABC2500001\n");
        matching().take(first, "Ada");
        assertThat(matching().take(first, "Bob").replaced())
                .as("the same again")
                .isEmpty();

        Path second = fixture.file("second.csv", "usage_key,match_isrc\nUSXYZ2500009,-\n");
        assertThat(matching().take(second, "Grace").replaced()).singleElement().satisfies(one -> {
            assertThat(one.before().isrc()).contains(OURS);
            assertThat(one.before().by()).isEqualTo("Bob");
            assertThat(one.after().isrc()).isEmpty();
            assertThat(one.after().by()).isEqualTo("Grace");
        });
    }

    @Test
    void aMatchBesideRowsOfTheRecordingShowsBoth() {
        String id = fixture.imported(fixture.file(
                        "b.csv",
                        REPORT.lines().findFirst().orElseThrow()
                                + "\n2026-11-20,2026-10,Spotify,Somebody,Knwon,,,5,100,Song,US,0,0.25\n"
                                + "2026-11-20,2026-10,Spotify,Somebody,Knwon,,,7,100,Song,US,0,0.35\n"
                                + "2026-11-20,2026-10,Spotify,Somebody,Knwon,,,7,100,Song,FR,0,0.35\n"))
                .report()
                .id();
        Path sheet = fixture.file("sheet.csv", "usage_key,match_isrc\ndistrokid||knwon|somebody,USABC2500001\n");

        DoubleClaims beside = matching().take(sheet, "Ada").beside();

        assertThat(beside.all()).isEqualTo(1);
        assertThat(beside.worst())
                .singleElement()
                .asString()
                .contains("'distrokid||knwon|somebody' (line 2 of " + id + ", 2 rows, 12 units, 0.6 USD)")
                .contains("beside USABC2500001 (line 2 of ", ", 12 units, 0.5 USD)")
                .endsWith(": Spotify, US, stream, 2026-10-01..2026-10-31");
    }

    @Test
    void twoRowsThatDecideDifferentlyAboutOneUsageAreNotChosenFrom() {
        Path sheet = fixture.file("sheet.csv", "usage_key,match_isrc\na,USABC2500001\na,-\n");
        assertThatThrownBy(() -> matching().take(sheet, "Ada"))
                .hasMessageContaining("lines 2 and 3 decide differently about the same usage");
    }

    @Test
    void aSheetIsTakenOverWholeOrNotAtAll() {
        Path sheet = fixture.file(
                "sheet.csv",
                "usage_key,match_isrc\nUSXYZ2500009,USABC2500001\na,USXYZ2500009\nb,nonsense\n,USABC2500001\n");

        assertThatThrownBy(() -> matching().take(sheet, "Ada"))
                .hasMessageContaining("nothing was imported")
                .hasMessageContaining("line 4: 'nonsense'")
                .hasMessageContaining("line 5 has no usage_key")
                .hasMessageContaining("no reported usage has the key 'a'")
                .hasMessageContaining("USXYZ2500009 is not in the catalog");
        assertThat(fixture.ledger.usageMatches().list()).isEmpty();
        assertThatThrownBy(() -> matching().take(fixture.file("x.csv", "a,b\n1,2\n"), "Ada"))
                .hasMessageContaining("lacks the columns usage_key and match_isrc");
    }

    /// As an editor for line ends of Unix writes into a line that ends with CR LF.
    @Test
    void aDecisionBehindALineEndIsRefusedRatherThanOverlooked() {
        Path sheet =
                fixture.file("sheet.csv", "usage_key,title,match_isrc\r\nUSXYZ2500009,One,\rUSABC2500001\nx,Two,\r\n");

        assertThatThrownBy(() -> matching().take(sheet, "Ada"))
                .hasMessageContaining("line 3 has nothing but 'USABC2500001'")
                .hasMessageContaining("column match_isrc");
        assertThat(fixture.ledger.usageMatches().list()).isEmpty();
    }

    @Test
    void whatAKillKeptFromTheLakeTheNextImportBringsThere() {
        fixture.ledger
                .usageMatches()
                .put(new UsageMatch("USXYZ2500009", Optional.of(OURS), "Ada", ReportsFixture.CLOCK.instant()));
        assertThat(fixture.rows("SELECT * FROM usage_matches")).isEmpty();

        fixture.imported(fixture.file("b.csv", REPORT.replace("2026-10", "2026-09")));

        assertThat(fixture.rows("SELECT usage_key, isrc FROM usage_matches"))
                .containsExactly("USXYZ2500009|USABC2500001");
    }

    @Test
    void titlesBeyondAllMeasureStillHaveAKeyThatASheetCanHold() throws Exception {
        String title = "x".repeat(40_000);
        fixture.imported(fixture.file(
                "b.csv",
                REPORT.lines().findFirst().orElseThrow() + "\n2026-11-20,2026-10,Spotify,A," + title
                        + "\u0001,,,1,100,Song,US,0,0.1\n"));
        UnmatchedUsage longest = unmatched().getLast();
        assertThat(longest.usageKey()).startsWith("distrokid||xxx").hasSizeLessThanOrEqualTo(1_000);
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(workbook()))) {
            assertThat(book.getFirstSheet().read())
                    .extracting(row -> row.getCellText(0))
                    .contains(longest.usageKey());
        }
    }

    @Test
    void aWorkbookGoesOutAndComesBack() throws Exception {
        Path filled = fixture.folder.resolve("filled.xlsx");
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(workbook()));
                OutputStream to = Files.newOutputStream(filled)) {
            Workbook copy = new Workbook(to, "test", "1.0");
            Worksheet sheet = copy.newWorksheet("x");
            try (Stream<Row> rows = book.getFirstSheet().openStream()) {
                rows.forEach(row -> {
                    for (Cell cell : row) {
                        if (cell != null) {
                            assertThat(cell.getType()).as(cell.getText()).isNotEqualTo(CellType.FORMULA);
                            sheet.value(row.getRowNum() - 1, cell.getColumnIndex(), cell.getText());
                        }
                    }
                    if (row.getRowNum() == 2) {
                        sheet.value(1, 13, "USABC2500001");
                    }
                });
            }
            copy.finish();
        }

        assertThat(matching().take(filled, "Ada")).isEqualTo(new MatchImporter.MatchCounts(1, 0, List.of(), NONE));
        assertThat(unmatched()).hasSize(2);
    }

    @Test
    void whatLooksLikeAFormulaIsATextInCsv() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (UnmatchedQueue queue = queue()) {
            MatchSheetWriter.csv(queue, out);
        }
        String csv = out.toString(StandardCharsets.UTF_8);
        assertThat(csv).contains(",'=cmd|' /C calc'!A0,").doesNotContain(",=cmd");
        assertThat(MatchSheetWriter.harmless("-0.5 USD")).isEqualTo("-0.5 USD");
        for (String bad : List.of("=1", "+1", "@x", "-2+3", "\tx", "  =1", "＝1", "'=1", "-1; DE")) {
            assertThat(MatchSheetWriter.harmless(bad)).isEqualTo("'" + bad);
            assertThat(MatchSheetWriter.asItWas("'" + bad)).isEqualTo(bad);
        }
    }

    @Test
    void longTitlesThatDifferAtTheirEndAreDifferentUsages() {
        String title = "x".repeat(2_000);
        String header = REPORT.lines().findFirst().orElseThrow() + "\n";
        fixture.imported(fixture.file(
                "b.csv",
                header + "2026-11-20,2026-10,Spotify,A," + title + "a,,,1,100,Song,US,0,0.1\n"
                        + "2026-11-20,2026-10,Spotify,A," + title + "b,,,1,100,Song,US,0,0.1\n"));
        assertThat(unmatched())
                .filteredOn(usage -> usage.usageKey().length() == 1_000)
                .hasSize(2);
    }

    @Test
    void aSheetOfTooManyRowsIsRefusedBeforeAnythingIsWritten() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (UnmatchedQueue queue = queue()) {
            assertThatThrownBy(() -> MatchSheetWriter.xlsx(queue, out, 2))
                    .hasMessage("3 usages do not fit into one sheet; use --csv");
            assertThat(out.size()).isZero();
            assertThatCode(() -> MatchSheetWriter.xlsx(queue, out, 3)).doesNotThrowAnyException();
        }
    }

    @Test
    void gatheredInPartsItIsTheSameQueue() {
        List<UnmatchedUsage> whole = unmatched();
        List<UnmatchedUsage> inParts = new ArrayList<>();
        try (UnmatchedQueue queue = new UnmatchedQueue(fixture.ledger, fixture.lake, 1)) {
            queue.each(inParts::add);
        }
        assertThat(inParts).hasSize(3).isEqualTo(whole);
    }

    @Test
    void moneyOfOneCurrencyIsNotComparedWithThatOfAnother() {
        fixture.imported(fixture.file("yen.csv", """
            Sales Period,Posted Date,Store Name,Country Of Sale,Artist,Song Title,UPC,Optional ISRC,Sales Type,# Units Sold,Total Earned,Currency
            2026-10-01,2026-11-05,Spotify,JP,A,S,,JPAAA2500001,Streaming,7,90,JPY
            2026-10-01,2026-11-05,Spotify,JP,A,S,,JPAAA2500002,Streaming,7,10,JPY
            """));
        // of 2.95 USD and of 100 JPY that are unmatched
        assertThat(unmatched())
                .extracting(UnmatchedUsage::usageKey)
                .containsExactly(
                        "JPAAA2500001",
                        "distrokid|00859712345677|an album|somebody",
                        "USXYZ2500009",
                        "JPAAA2500002",
                        "distrokid||=cmd ' /c calc'!a0|x");
    }
}
