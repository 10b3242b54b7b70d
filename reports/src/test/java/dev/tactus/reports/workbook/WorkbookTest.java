package dev.tactus.reports.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.reports.workbook.CellFormats.Shown;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkbookTest {
    private final Map<String, String> parts = new HashMap<>(
            Map.of(
                    "_rels/.rels",
                    "<Relationships><Relationship Id=\"r1\" Type=\"http://x/officeDocument\" Target=\"/xl/book.xml\"/></Relationships>",
                    "xl/_rels/book.xml.rels",
                    """
            <Relationships><Relationship Id="s" Type="http://x/worksheet" Target="../xl/sheets/1.xml"/>
            <Relationship Id="c" Type="http://x/chartsheet" Target="chart.xml"/>
            <Relationship Id="t" Type="http://x/sharedStrings" Target="strings.xml"/>
            <Relationship Id="f" Type="http://x/styles" Target="styles.xml"/></Relationships>""",
                    "xl/book.xml",
                    "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"A\" id=\"s\"/><sheet name=\"C\" id=\"c\"/></sheets></workbook>",
                    "xl/strings.xml",
                    "<sst><si><t>plain</t></si><si><r><t>ri</t></r><r><t xml:space=\"preserve\">ch </t></r><rPh><t>spoken</t></rPh></si><si><t>a_x000D_b_x005F_x000D_</t></si></sst>",
                    "xl/styles.xml",
                    "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"17\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>"));

    private String sheet(String rows) throws IOException {
        parts.put("xl/sheets/1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
        try (Workbook workbook = Workbook.xlsx(part -> Optional.ofNullable(parts.get(part))
                        .map(text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
                SheetText text = workbook.text(0)) {
            assertThat(workbook.sheets()).as("a chart has no rows").containsExactly("A");
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void textsStandWhereTheyStandHoweverTheyAreKept() throws IOException {
        assertThat(sheet("""
                <row r="2"><c r="B2" t="s"><v>0</v></c><c t="s"><v>1</v></c><c r="E2" t="inlineStr"><is><t>in, line</t></is></c></row>
                <row><c t="str"><f>A1</f><v>calculated</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c><f>SUM(A1:A2)</f></c></row>
                <row r="5"/><row r="6"><c r="A6" t="s"><v>2</v></c></row>
                """))
                .isEqualTo("\n,plain,rich ,,\"in, line\"\ncalculated,TRUE,#N/A,=SUM(A1:A2),\n\n\na b_x000D_,,,,\n");
    }

    @Test
    void daysAreThoseThatTheCellShows() throws IOException {
        assertThat(
                        sheet(
                                "<row><c s=\"1\"><v>44834</v></c><c s=\"2\"><v>44834</v></c><c s=\"3\"><v>44834</v></c><c s=\"1\"><v>44834.5</v></c><c s=\"0\"><v>44834</v></c><c s=\"9\"><v>1.25</v></c></row>"))
                .isEqualTo("2026-10-01,2026-10,2026,2026-10-01 12:00:00,44834,1.25\n");
    }

    @Test
    void whatContradictsTheFormatIsRefused() {
        for (String rows : new String[] {
            "<row r=\"x\"/>",
            "<row r=\"2\"><c><v>1</v></c></row><row r=\"1\"><c><v>1</v></c></row>",
            "<row><c t=\"s\"><v>3</v></c></row>",
            "<row><c r=\"XXXX1\"><v>3</v></c></row>",
            "<row><c><v>1</v></row>"
        }) {
            assertThatThrownBy(() -> sheet(rows)).as(rows).isInstanceOf(BrokenWorkbook.class);
        }
        parts.remove("xl/book.xml");
        assertThatThrownBy(() -> sheet("")).hasMessage("the part xl/book.xml is missing");
    }

    @Test
    void entitiesOfTheFilesOwnAreNotRead() {
        parts.put(
                "xl/strings.xml",
                "<!DOCTYPE sst [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><sst><si><t>&a;</t></si></sst>");
        assertThatThrownBy(() -> sheet("<row><c t=\"s\"><v>0</v></c></row>")).isInstanceOf(BrokenWorkbook.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1204,1204",
        "0.1,0.1",
        "1.9199999999999998E-2,0.0192",
        "0.30000000000000004,0.30000000000000004",
        "8.59712345677E11,859712345677",
        "-5E-3,-0.005",
        "0.021330000000000001234,0.021330000000000001234",
        "1.0E2,100",
        "abc,abc",
        "1E400,1E400"
    })
    void numbersAreWhatWasStored(String stored, String text) {
        assertThat(StoredNumber.text(stored)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-mm-dd,DAY",
        "mmm-yy,MONTH",
        "[$-409]mmmm yyyy;@,MONTH",
        "yyyy,YEAR",
        "hh:mm:ss,NUMBER",
        "mm:ss,NUMBER",
        "0.00E+00,NUMBER",
        "General,NUMBER",
        "0 \"yd\",NUMBER",
        "d/m/yy h:mm,DAY",
        "[Red]0.0,NUMBER"
    })
    void formatsTellDaysFromNumbers(String code, Shown shown) {
        assertThat(CellFormats.shown(code)).isEqualTo(shown);
    }

    @Test
    void whatNobodySeesIsHidden() throws IOException {
        String ods = """
                <document-content><automatic-styles><style name="ta1"><table-properties display="true"/></style>
                <style name="ta2"><table-properties display="false"/></style></automatic-styles><body><spreadsheet>
                <table name="A" style-name="ta1"><table-row/></table><table name="B" style-name="ta2"/></spreadsheet></body></document-content>""";
        String xml = """
                <Workbook><Worksheet Name="A"><Table><Row/></Table><WorksheetOptions><Selected/></WorksheetOptions></Worksheet>
                <Worksheet Name="B"><Table/><WorksheetOptions><Visible>SheetVeryHidden</Visible></WorksheetOptions></Worksheet></Workbook>""";
        try (Workbook one = Workbook.openDocument(_ -> bytes(ods));
                Workbook two = Workbook.xml2003(_ -> bytes(xml))) {
            for (Workbook book : List.of(one, two)) {
                assertThat(book.sheets()).containsExactly("A", "B");
                assertThat(book.isHidden(0)).isFalse();
                assertThat(book.isHidden(1)).isTrue();
            }
        }
    }

    private static Optional<InputStream> bytes(String text) {
        return Optional.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
