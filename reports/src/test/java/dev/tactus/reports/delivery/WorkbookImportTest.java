package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.reports.ImportOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;

/// Spreadsheets are read like the text files they are made from: every sheet, values as they are stored.
class WorkbookImportTest extends ReportsFixtureTest {
    private static final List<Object> DISTROKID = List.of(
            "Reporting Date",
            "Sale Month",
            "Store",
            "Artist",
            "Title",
            "ISRC",
            "UPC",
            "Quantity",
            "Team Percentage",
            "Song/Album",
            "Country of Sale",
            "Songwriter Royalties Withheld",
            "Earnings (USD)");

    private static List<Object> sale(int number, Object month, Object quantity, Object money) {
        return List.of(
                LocalDate.of(2026, 11, 20),
                month,
                "Spotify",
                "Björk",
                "Jóga, \"live\"\nat home",
                "USABC250000" + number,
                859712345677L,
                quantity,
                100,
                "Song",
                "US",
                0,
                money);
    }

    /// A row of a sheet, or the texts of a day that stand in it.
    private static void fill(Worksheet sheet, int row, List<?> cells) {
        for (int i = 0; i < cells.size(); i++) {
            switch (cells.get(i)) {
                case String text -> sheet.value(row, i, text);
                case Number number -> sheet.value(row, i, number);
                case LocalDate day -> {
                    sheet.value(row, i, day);
                    sheet.style(row, i).format(i == 1 ? "mmm-yy" : "m/d/yyyy").set();
                }
                default -> throw new IllegalArgumentException();
            }
        }
    }

    private interface Sheets {
        void in(Workbook book);
    }

    private static byte[] xlsx(Sheets sheets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "test", "1.0")) {
            sheets.in(book);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void sales(Workbook book, String name, int number, Object money) {
        Worksheet sheet = book.newWorksheet(name);
        fill(sheet, 0, DISTROKID);
        fill(sheet, 2, sale(number, LocalDate.of(2026, 10, 1), 1204, money));
        fill(sheet, 3, sale(number, "2026-10", "3", "0.0123"));
    }

    private byte[] zip(String entry, byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("first.csv"));
            zip.write("Not,A,Statement\n1,2,3\n".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void valuesAsTheyAreStoredTextsAsTextsRowsByTheirNumbers() {
        Path file = fixture.file("x.xlsx", xlsx(book -> sales(book, "Sales", 1, 3.612)));

        ImportOutcome.Imported imported = fixture.imported(file);

        assertThat(imported.name()).isEqualTo(file.toString());
        assertThat(imported.report().layout()).isEqualTo("distrokid");
        assertThat(imported.report().counts()).isEqualTo(new ReportCounts(3, 2, 0, 1));
        assertThat(fixture.sales())
                .containsExactly(
                        "3|Spotify|USABC2500001|00859712345677|US|stream|2026-10-01|2026-10-31|2026-11|1204|USD|3.612",
                        "4|Spotify|USABC2500001|00859712345677|US|stream|2026-10-01|2026-10-31|2026-11|3|USD|0.0123");
        assertThat(fixture.rows("SELECT DISTINCT title FROM sales")).containsExactly("Jóga, \"live\" at home");
    }

    @Test
    void everySheetIsAReportAndThoseThatAreNoneAreNamed() {
        Path file = fixture.file("x.xlsx", xlsx(book -> {
            Worksheet summary = book.newWorksheet("Summary");
            fill(summary, 0, List.of("Statement", "Total"));
            fill(summary, 1, List.of("October", 7.25));
            sales(book, "Page 1", 1, 3.612);
            book.newWorksheet("Empty");
            Worksheet second = book.newWorksheet("Page 2");
            fill(second, 0, DISTROKID);
            fill(second, 1, sale(1, LocalDate.of(2026, 10, 1), 100, 0.5));
            fill(second, 2, sale(1, "2026-10", "4", "0.0123"));
        }));

        List<ImportOutcome> outcomes = fixture.take(file, ImportOptions.none());

        assertThat(outcomes).extracting(ImportOutcome::name).containsExactly(file + "/Page 1", file + "/Page 2");
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(ImportOutcome.Imported.class));
        assertThat(((ImportOutcome.Imported) outcomes.getFirst()).notes().keySet())
                .singleElement()
                .asString()
                .startsWith("sheet left aside")
                .endsWith("Summary");
        assertThat(fixture.rows("SELECT count(*), sum(quantity), sum(net_revenue) FROM sales"))
                .as("sheets of one file claim the same and stand side by side")
                .containsExactly("4|1311|4.136600000000000000");
        assertThat(fixture.take(file, ImportOptions.none()))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(ImportOutcome.Known.class));
    }

    @Test
    void aSheetOfSalesThatNoLayoutFitsRefusesTheFile() {
        Path file = fixture.file("x.xlsx", xlsx(book -> {
            sales(book, "Streams", 1, 3.612);
            Worksheet other = book.newWorksheet("Downloads");
            fill(other, 0, List.of("Code", "Song", "Where", "Sold", "Net earnings"));
            fill(other, 1, List.of("USABC2500002", "T", "US", 5, 2.5));
        }));
        assertThat(fixture.refused(file)).contains("Downloads, which looks like rows of sales; nothing of the file");
        assertThat(fixture.sales()).isEmpty();
    }

    @Test
    void aSpreadsheetInAnArchiveBesideOtherFiles() throws IOException {
        Path file = fixture.file("x.zip", zip("statement.xlsx", xlsx(book -> sales(book, "Sales", 1, 3.612))));
        List<ImportOutcome> outcomes = fixture.take(file, ImportOptions.none());
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.getFirst()).isInstanceOf(ImportOutcome.Refused.class);
        assertThat(outcomes.getLast()).isInstanceOf(ImportOutcome.Imported.class);
        assertThat(outcomes.getLast().name()).isEqualTo(file + "/statement.xlsx");
    }

    @Test
    void whatCantBeReadInAFolderDoesNotKeepTheRest() throws IOException {
        fixture.file("r/a.xlsx", zip("xl/workbook.xml", new byte[0]));
        fixture.file("r/b.zip", "PK, but no archive");
        fixture.file("r/c.zip", zip("inner.zip", zip("x", new byte[9])));
        fixture.file("r/d.xlsx", xlsx(book -> sales(book, "Sales", 1, 3.612)));
        List<ImportOutcome> outcomes = fixture.take(fixture.folder.resolve("reports/r"), ImportOptions.none());
        assertThat(outcomes.getLast()).isInstanceOf(ImportOutcome.Imported.class);
        assertThat(outcomes.subList(0, outcomes.size() - 1))
                .isNotEmpty()
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(ImportOutcome.Refused.class));
    }

    @Test
    void numbersThatAreStoredAsNumbersHaveAPointWhateverTheLayoutSays() {
        List<Object> headings = List.of(
                "Mois de reporting",
                "Mois de vente",
                "Plateforme",
                "Pays / Région",
                "Nom de l'artiste",
                "Titre de la piste",
                "UPC",
                "ISRC",
                "Quantité",
                "Devise de paiement client",
                "Revenu net");
        Path file = fixture.file("x.xlsx", xlsx(book -> {
            Worksheet sheet = book.newWorksheet("Ventes");
            fill(sheet, 0, headings);
            fill(
                    sheet,
                    1,
                    List.of(
                            "01/11/2026",
                            LocalDate.of(2026, 10, 1),
                            "Deezer",
                            "FR",
                            "A",
                            "T",
                            859712345677L,
                            "FRABC2500001",
                            1204,
                            "EUR",
                            1.204));
        }));
        fixture.imported(file);
        assertThat(fixture.sales())
                .containsExactly(
                        "2|Deezer|FRABC2500001|00859712345677|FR|other|2026-10-01|2026-10-31|2026-11|1204|EUR|1.204");
    }

    @Test
    void openDocumentAndExcelsXmlOf2003() throws IOException {
        StringBuilder header = new StringBuilder();
        StringBuilder header2003 = new StringBuilder();
        for (Object heading : DISTROKID) {
            header.append("<table:table-cell office:value-type=\"string\"><text:p>%s</text:p></table:table-cell>"
                    .formatted(heading));
            header2003.append("<Cell><Data ss:Type=\"String\">" + heading + "</Data></Cell>");
        }
        String ods = """
                <?xml version="1.0" encoding="UTF-8"?>
                <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
                <office:body><office:spreadsheet><table:table table:name="Sales"><table:table-column/>
                <table:table-row>%s</table:table-row>
                <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="13"/></table:table-row>
                <table:table-row table:number-rows-repeated="2">
                <table:table-cell office:value-type="date" office:date-value="2026-11-20"><text:p>20.11.26</text:p></table:table-cell>
                <table:table-cell office:value-type="date" office:date-value="2026-10-01"><text:p>Okt 26</text:p></table:table-cell>
                <table:table-cell office:value-type="string"><text:p>Deezer</text:p></table:table-cell>
                <table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>A<text:s text:c="2"/>B</text:p></table:table-cell>
                <table:table-cell office:value-type="string"><text:p>USABC2500001</text:p></table:table-cell>
                <table:table-cell/>
                <table:table-cell office:value-type="float" office:value="1204"><text:p>1.204</text:p></table:table-cell>
                <table:table-cell/><table:table-cell/>
                <table:table-cell office:value-type="string"><text:p>DE</text:p></table:table-cell><table:table-cell/>
                <table:table-cell office:value-type="currency" office:currency="USD" office:value="1.5E-2"><text:p>0,02 $</text:p></table:table-cell>
                </table:table-row>
                <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
                </table:table></office:spreadsheet></office:body></office:document-content>
                """.formatted(header);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("mimetype"));
            zip.write("application/vnd.oasis.opendocument.spreadsheet".getBytes(StandardCharsets.US_ASCII));
            zip.putNextEntry(new ZipEntry("content.xml"));
            zip.write(ods.getBytes(StandardCharsets.UTF_8));
        }
        fixture.imported(fixture.file("x.ods", out.toByteArray()));
        String xml = """
                <?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
                <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
                <Worksheet ss:Name="Sales"><Table>
                <Row>%s</Row>
                <Row ss:Index="3"><Cell><Data ss:Type="DateTime">2026-11-20T00:00:00.000</Data></Cell><Cell><Data ss:Type="String">2026-09</Data></Cell><Cell><Data ss:Type="String">Deezer</Data></Cell><Cell ss:Index="6"><Data ss:Type="String">USABC2500002</Data></Cell><Cell ss:Index="8"><Data ss:Type="Number">3</Data></Cell><Cell ss:Index="11"><Data ss:Type="String">FR</Data></Cell><Cell ss:Index="13"><Data ss:Type="Number">1.9199999999999998E-2</Data><Comment><Data>seen</Data></Comment></Cell></Row>
                </Table></Worksheet></Workbook>
                """.formatted(header2003);
        fixture.imported(fixture.file("y.xls", xml));

        assertThat(fixture.sales())
                .containsExactlyInAnyOrder(
                        "4|Deezer|USABC2500001|null|DE|stream|2026-10-01|2026-10-31|2026-11|1204|USD|0.015",
                        "5|Deezer|USABC2500001|null|DE|stream|2026-10-01|2026-10-31|2026-11|1204|USD|0.015",
                        "3|Deezer|USABC2500002|null|FR|stream|2026-09-01|2026-09-30|2026-11|3|USD|0.0192");
        assertThat(fixture.rows("SELECT title FROM sales WHERE line = 4")).containsExactly("A  B");
    }

    @Test
    void whatIsNoSpreadsheetOrNotReadIsRefusedWithWhatToDo() throws IOException {
        assertThat(fixture.refused(fixture.file("a.xls", "<html><body><table><tr><td>ISRC</td></tr></table></html>")))
                .contains("a web page (HTML)")
                .contains("save it as .xlsx");
        assertThat(fixture.refused(fixture.file("b.xls", new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 0})))
                .contains("an old Excel spreadsheet (.xls)")
                .contains("save it as .xlsx");
        assertThat(fixture.refused(fixture.file("c.xml", "<?xml version=\"1.0\"?><report/>")))
                .contains("XML of a kind that is not read");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.putNextEntry(new ZipEntry("word/document.xml"));
        }
        assertThat(fixture.refused(fixture.file("d.docx", out.toByteArray()))).contains("no spreadsheet with sheets");
        assertThat(fixture.refused(fixture.file("e.xlsx", xlsx(book -> book.newWorksheet("Empty")))))
                .contains("contains no rows on its only sheet");
        assertThat(fixture.refused(fixture.file(
                        "f.xlsx", xlsx(book -> fill(book.newWorksheet("Odd"), 0, List.of("What", "is", "this"))))))
                .contains("no layout matches. Its first line is \"What,is,this\"");
    }

    @Test
    void hiddenSheetsWithSalesAreNamedAndNotTaken() {
        String header = DISTROKID.stream().map(String::valueOf).collect(Collectors.joining(","));
        List<String> rows = List.of(header, "2026-11-20,2026-10,Spotify,A,T,USABC2500001,,3,100,Song,US,0,1.5");
        List<String> others = List.of(header, "2026-11-20,2026-10,Spotify,A,T,USABC2500001,,4,100,Song,DE,0,2.5");
        List<String> names = List.of("Sales", "Old", "Notes");
        List<List<String>> sheets = List.of(rows, others, List.of("Only,some,words"));
        Path file = fixture.file("x.xlsx", SheetsOf.texts(names, sheets, List.of("Old", "Notes")));

        assertThat(fixture.refused(file)).contains("hidden sheets have rows of sales", "x.xlsx/Old", "--accept REASON");
        ImportOutcome.Imported taken = fixture.imported(file, ImportOptionsOf.accepting("an old copy"));
        assertThat(taken.accepted()).singleElement().asString().contains("x.xlsx/Old");
        assertThat(taken.report().accepted()).contains("an old copy");
        assertThat(taken.notes().keySet()).singleElement().asString().contains("x.xlsx/Notes");
        assertThat(fixture.rows("SELECT territory FROM sales")).containsExactly("US");
        assertThat(fixture.refused(fixture.file("y.xlsx", SheetsOf.texts(names, sheets, List.of("Sales", "Old")))))
                .contains("stand on hidden sheets alone");
    }
}
