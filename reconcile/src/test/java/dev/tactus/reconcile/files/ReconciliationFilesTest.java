package dev.tactus.reconcile.files;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.isrc;
import static dev.tactus.reconcile.ReconcileFixture.october;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.query.Workbench;
import dev.tactus.music.Recording;
import dev.tactus.reconcile.ExchangeRate;
import dev.tactus.reconcile.ExchangeRates;
import dev.tactus.reconcile.HomeCurrency;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.coverage.CoverageFinder;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.Reconciler;
import dev.tactus.reconcile.join.Reconciliation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

class ReconciliationFilesTest {
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String FORMULA = "=cmd|' /C calc'!A0";

    @TempDir
    private Path folder;

    private ReconcileFixture books;

    @BeforeEach
    void open() {
        books = new ReconcileFixture(folder).catalog(4);
        titles(SCRIPT, FORMULA, "{{source}} \"quoted\" & <b>", "\u0001bell");
        books.run(october(1), october(2))
                .landed(0, october(1), "DE", 1_000, "FR", 70)
                .landed(1, october(1), "DE", 50)
                .unavailable(2, october(1))
                .publish();
        books.sold("r1", 0, "DE", 1_200)
                .sold("r1", 1, "DE", 50)
                .sold("r1", 3, "BR", 9)
                .imported();
    }

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void leavesAPageAWorkbookAndRows() {
        assertThat(write())
                .extracting(file -> String.valueOf(file.getFileName()))
                .containsExactly(
                        "spotify-2026-10.html",
                        "spotify-2026-10.xlsx",
                        "spotify-2026-10.csv",
                        "spotify-2026-10.excel.csv");
    }

    @Test
    void keepsNumbersNumbersAndTextsTexts() throws IOException {
        write();
        List<Row> rows = sheet("Rows");
        assertThat(texts(rows.getFirst())).startsWith("Source", "Period", "ISRC", "Title");
        Row formula = rows.stream()
                .filter(row -> texts(row).contains(FORMULA))
                .findFirst()
                .orElseThrow();
        assertThat(cell(formula, rows, "ISRC").getType()).isEqualTo(CellType.STRING);
        assertThat(cell(formula, rows, "ISRC").asString()).isEqualTo(isrc(1).value());
        assertThat(cell(formula, rows, "Title").getType()).isEqualTo(CellType.STRING);
        assertThat(cell(formula, rows, "Payable count").asNumber()).isEqualTo(new BigDecimal(50));
        assertThat(cell(formula, rows, "Reported money").asNumber()).isEqualByComparingTo("0.5");
        assertThat(cell(formula, rows, "Report snapshot").getType())
                .as("nineteen digits are more than Excel can hold")
                .isEqualTo(CellType.STRING);
        assertThat(part("xl/worksheets/sheet2.xml"))
                .contains("state=\"frozen\"")
                .doesNotContain("<f>");
        assertThat(sheet("Coverage")).hasSize(1 + 31);
        assertThat(sheet("Gaps")).hasSizeGreaterThan(1);
        assertThat(all(sheet("Summary"))).contains("open", "within tolerance", "Earned");
    }

    @Test
    void saysWhatASheetCantHold() throws IOException {
        Reconciliation done = reconciler().reconcile("spotify", OCTOBER);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbench bench = books.lake.workbench(128, done.snapshots())) {
            String rows = bench.relation(new PeriodParts("spotify", OCTOBER).reconciled());
            PageModel model = new PageModel(
                    done,
                    Coverage.none(),
                    Findings.of(bench, rows),
                    PageFacts.NONE,
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    "test");
            new ReconciliationWorkbook(bench, model, 2).write(out);
        }
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            List<Row> rows = book.findSheet("Rows").orElseThrow().read();
            assertThat(rows).hasSize(3);
            assertThat(texts(rows.get(1))).as("the largest difference first").contains(SCRIPT);
            assertThat(all(book.getFirstSheet().read())).contains("holds 2 of 4 rows");
        }
    }

    @Test
    void makesAPageInWhichNothingRuns() throws IOException {
        write();
        String page = page();
        assertThat(page)
                .doesNotContain("<script", "<b>", "http:", "https:", "src=", "\u0001")
                .contains("default-src 'none'")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("1,000", "1,200", "+200");
        List<String> pictures = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(pictures).as("a stripe, and three charts for two widths").hasSize(7);
        pictures.forEach(ReconciliationFilesTest::isWellFormed);
        assertThat(pictures).allMatch(picture -> picture.contains("role=\"img\"") && picture.contains("aria-label="));
    }

    @Test
    void makesTheSamePageOfTheSame() throws IOException {
        write();
        String first = page();
        write();
        assertThat(page()).isEqualTo(first);
    }

    @Test
    void takesBackAFileOfCorrectionsThatAreNoLongerDue() throws IOException {
        Path stale = Files.createDirectories(folder.resolve("out")).resolve("spotify-2026-10-adjustments.csv");
        Files.writeString(stale, "stale");
        write();
        assertThat(stale).doesNotExist();
    }

    @Test
    void leavesNothingForAPeriodOfWhichNothingIsKnown() throws IOException {
        Period period = Period.parse("2026-01");
        Path stale = Files.createDirectories(folder.resolve("out")).resolve("spotify-2026-01.html");
        Files.writeString(stale, "of before");

        Reconciliation done = reconciler().reconcile("spotify", period);

        assertThat(done.written()).isFalse();
        assertThat(outputs().write(done, coverage(period), Optional.empty())).isEmpty();
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void printsTheSummaryAndTheFirstRowsAcrossThePageWithTheirHeader() throws IOException {
        write();
        assertThat(part("xl/workbook.xml"))
                .contains("name=\"_xlnm.Print_Titles\" vbProcedure=\"false\">'Rows'!$1:$1<")
                .contains("name=\"_xlnm.Print_Area\" vbProcedure=\"false\">'Rows'!$A$1:$Q$5<");
        for (int sheet = 1; sheet <= 4; sheet++) {
            assertThat(part("xl/worksheets/sheet" + sheet + ".xml"))
                    .contains("fitToPage=\"true\"")
                    .containsPattern(
                            "<pageSetup [^>]*fitToWidth=\"1\" fitToHeight=\"0\"[^>]*orientation=\"landscape\"");
        }
    }

    @Test
    void headingsAreWholeAndStandOverTheirNumbers() throws IOException {
        write();
        String rows = part("xl/worksheets/sheet2.xml");
        List<Double> widths = Pattern.compile("<col [^>]*width=\"([0-9.]+)\"")
                .matcher(rows)
                .results()
                .map(found -> Double.valueOf(found.group(1)))
                .toList();
        assertThat(widths).hasSize(FileColumns.RECONCILED.size());
        for (int i = 0; i < widths.size(); i++) {
            String heading = FileColumns.RECONCILED.get(i).heading();
            assertThat(widths.get(i)).as(heading).isGreaterThan(heading.length() + 2);
        }
        assertThat(part("xl/styles.xml")).contains("horizontal=\"right\"");
    }

    @Test
    void tellsWhoseItIsWhatNeedsAPersonAndTheMoneyBesideThePeriodBefore() throws IOException {
        books.sold("r0", "Spotify", isrc(1), "DE", "stream", Period.parse("2026-09"), 40, "EUR", "0.25")
                .imported();
        reconciler().reconcile("spotify", Period.parse("2026-09"));
        write();

        assertThat(page())
                .contains("Needs a person", "Money, and the period before", "By Territory", "By Artist", "+100");
        assertThat(all(sheet("Money"))).contains("This period", "The period before", "0.25");
        assertThat(all(sheet("Needs a person"))).contains("ISRC", "open");
    }

    @Test
    void moneyOfAMonthIsWorthWhatThatMonthsRateSaysAndStandsBesideThatOfOtherServices() throws IOException {
        Period september = Period.parse("2026-09");
        books.sold("r0", "Spotify", isrc(1), "DE", "stream", september, 40, "USD", "2")
                .sold("r0", "Deezer", isrc(1), "DE", "stream", OCTOBER, 40, "USD", "7")
                .sold("r0", "Spotify", isrc(1), "FR", "stream", OCTOBER, 40, "USD", "3")
                .imported();
        reconciler().reconcile("spotify", september);
        reconciler().reconcile("deezer", OCTOBER);
        Reconciliation done = new Reconciler(
                        books.ledger,
                        books.lake,
                        books.services,
                        ReconciliationRules.defaults().withHome(Optional.of(rate("0.5", "2026-10"))),
                        128)
                .reconcile("spotify", OCTOBER);

        outputs()
                .valuing(before -> Optional.of(rate("0.25", before.label())))
                .write(done, coverage(OCTOBER), Optional.empty());

        assertThat(page()).contains("By Service", "deezer", "Before, in EUR");
        List<Row> money = sheet("Money");
        assertThat(texts(money.getFirst())).contains("In EUR", "The period before in EUR");
        Row spotify = money.stream()
                .filter(row -> texts(row).containsAll(List.of("Service", "spotify", "USD")))
                .findFirst()
                .orElseThrow();
        assertThat(cell(spotify, money, "In EUR").asNumber()).isEqualByComparingTo("1.5");
        assertThat(cell(spotify, money, "The period before in EUR").asNumber()).isEqualByComparingTo("0.5");
        assertThat(all(money)).contains("deezer");
    }

    private static HomeCurrency rate(String rate, String month) {
        return new ExchangeRates(
                        "EUR", List.of(new ExchangeRate("USD", new BigDecimal(rate), Period.parse(month), "ECB")), "ab")
                .of(Period.parse(month));
    }

    @Test
    void isReadBySpreadsheetsWithIdsThatStayTexts() throws IOException {
        write();
        String csv = Files.readString(folder.resolve("out/spotify-2026-10.excel.csv"));
        assertThat(csv)
                .startsWith("\uFEFFSource,Period,ISRC,Title")
                .contains("\"=\"\"" + isrc(1).value() + "\"\"\"")
                .doesNotContain("\n=");
    }

    @Test
    void namesEachFiguresColumnForANarrowPage() throws IOException {
        write();
        String rows = page().replaceAll("(?s)<thead>.*?</thead>", "");
        assertThat(Pattern.compile("<td(?! data-label=\"[A-Z])").matcher(rows).results())
                .isEmpty();
        assertThat(page()).contains("content: attr(data-label)");
    }

    private void titles(String... titles) {
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < titles.length; i++) {
            recordings.add(new Recording(
                    isrc(i), titles[i], List.of(SCRIPT), SCRIPT, null, null, null, null, null, List.of(), 0));
        }
        books.ledger.recordings().replaceWith("titles", recordings.iterator());
    }

    private Coverage coverage(Period period) {
        return new CoverageFinder(books.ledger, books.lake, books.services, 128).find("spotify", period);
    }

    private List<Path> write() {
        Reconciliation done = reconciler().reconcile("spotify", OCTOBER);
        return outputs().write(done, coverage(OCTOBER), Optional.empty());
    }

    private ReconciliationFiles outputs() {
        return new ReconciliationFiles(books.ledger, books.lake, folder.resolve("out"), "test", 128);
    }

    private Reconciler reconciler() {
        return new Reconciler(books.ledger, books.lake, books.services, ReconciliationRules.defaults(), 128);
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("out/spotify-2026-10.html"));
    }

    private List<Row> sheet(String name) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve("out/spotify-2026-10.xlsx"));
                ReadableWorkbook book = new ReadableWorkbook(in)) {
            return book.findSheet(name).orElseThrow().read();
        }
    }

    private String part(String name) throws IOException {
        try (ZipFile zip =
                new ZipFile(folder.resolve("out/spotify-2026-10.xlsx").toFile())) {
            ZipEntry entry = Objects.requireNonNull(zip.getEntry(name), name);
            return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Cell cell(Row row, List<Row> rows, String column) {
        return row.getCell(texts(rows.getFirst()).indexOf(column));
    }

    private static String all(List<Row> rows) {
        return rows.stream().map(ReconciliationFilesTest::texts).toList().toString();
    }

    private static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < row.getCellCount(); i++) {
            texts.add(row.getCellText(i));
        }
        return texts;
    }

    private static void isWellFormed(String svg) {
        try {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError(svg, e);
        }
    }
}
