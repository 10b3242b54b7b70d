package dev.tactus.reports.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can't be taken is said in one message, and nothing of it is imported: one ledger and lake serve all tests.
class BadInputTest {
    static final String REPORT = """
            Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,Songwriter Royalties Withheld,Earnings (USD)
            2026-11-20,2026-10,Spotify,A,T,USABC2500001,,12,100,Song,US,0,0.5
            """;

    @SuppressWarnings("NullAway.Init")
    private static ReportsFixture fixture;

    @BeforeAll
    static void open(@TempDir Path folder) {
        fixture = new ReportsFixture(folder);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @AfterEach
    void nothingLanded() {
        assertThat(fixture.rows("SELECT count(*) FROM sales")).containsExactly("0");
        assertThat(fixture.ledger.reports().list()).isEmpty();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing = new GZIPOutputStream(out)) {
            packing.write(bytes);
        }
        return out.toByteArray();
    }

    static byte[] zip(String name, byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream packing = new ZipOutputStream(out)) {
            packing.putNextEntry(new ZipEntry(name));
            packing.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] noise() {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        return noise;
    }

    @Test
    void aTruncatedGzip() throws IOException {
        byte[] whole = gzip((REPORT + "x,".repeat(50_000)).getBytes(StandardCharsets.UTF_8));
        Path file = fixture.file("a.csv.gz", Arrays.copyOf(whole, whole.length - 20));
        assertThat(fixture.refused(file)).startsWith(file + ": is truncated").contains("Request it again");
    }

    @Test
    void aDamagedGzip() throws IOException {
        byte[] bytes = gzip(noise());
        bytes[bytes.length / 2] ^= 1;
        assertThat(fixture.refused(fixture.file("a.gz", bytes))).contains("is damaged");
    }

    @Test
    void aBombInAGzip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing = new GZIPOutputStream(out)) {
            packing.write(REPORT.getBytes(StandardCharsets.UTF_8));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                packing.write(zeros);
            }
        }
        assertThat(fixture.refused(fixture.file("a.csv.gz", out.toByteArray())))
                .contains("expands to more than 250 times");
    }

    @Test
    void aBombInAZip() throws IOException {
        byte[] zeros = new byte[100 << 20];
        byte[] report = REPORT.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(report, 0, zeros, 0, report.length);
        Path file = fixture.file("a.zip", zip("report.csv", zeros));
        assertThat(fixture.refused(file))
                .contains("a.zip/report.csv: expands to more than 250 times its compressed size");
    }

    @Test
    void nothingButPacking() throws IOException {
        assertThat(fixture.refused(fixture.file("a.csv.gz", gzip(new byte[0])))).endsWith("is empty");
        assertThat(fixture.refused(fixture.file("b.zip", zip("report.csv", new byte[0]))))
                .endsWith("is empty");
    }

    @Test
    void aPathThatClimbsOutOfTheArchive() throws IOException {
        for (String name : List.of("../../etc/report.csv", "/etc/report.csv", "a\\..\\..\\b.csv", "C:\\report.csv")) {
            Path file = fixture.file("a.zip", zip(name, REPORT.getBytes(StandardCharsets.UTF_8)));
            assertThat(fixture.refused(file))
                    .contains("points outside the archive")
                    .contains(name);
        }
    }

    @Test
    void anArchiveInAnArchive() throws IOException {
        byte[] inner = zip("report.csv", REPORT.getBytes(StandardCharsets.UTF_8));
        assertThat(fixture.refused(fixture.file("a.zip", zip("inner.zip", inner))))
                .contains("is an archive inside an archive");
        assertThat(fixture.refused(fixture.file("b.zip", zip("inner.gz", gzip(inner)))))
                .contains("is an archive inside an archive");
    }

    @Test
    void anArchiveThatIsIncomplete() throws IOException {
        byte[] whole = zip("report.csv", noise());
        assertThat(fixture.refused(fixture.file("a.zip", Arrays.copyOf(whole, 5_000))))
                .contains("damaged or incomplete");
    }

    @Test
    void aSpreadsheet() throws IOException {
        assertThat(fixture.refused(fixture.file("a.xlsx", zip("[Content_Types].xml", new byte[10]))))
                .contains("spreadsheet")
                .contains("Ask the sender for CSV or XLSX");
        assertThat(fixture.refused(fixture.file("a.xls", new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 0})))
                .contains("old Excel spreadsheet");
    }

    @Test
    void aLineOfTenMegabytes() {
        String message = fixture.refused(fixture.file("a.csv", REPORT + "x".repeat(10 << 20) + "\n"));
        assertThat(message).contains("line 3 is longer than 1 MB");
    }

    @Test
    void aFileWithoutLineEnds() {
        assertThat(fixture.refused(fixture.file("a.csv", "x,".repeat(5 << 20)))).contains("no layout matches");
    }

    @Test
    void binaryJunk() {
        assertThat(fixture.refused(fixture.file("a.csv", noise()))).contains("is not text");
        assertThat(fixture.refused(fixture.file("b.csv", "%PDF-1.4 x".getBytes(StandardCharsets.UTF_8))))
                .contains("a PDF");
    }

    @Test
    void anEmptyFile() {
        assertThat(fixture.refused(fixture.file("a.csv", new byte[0]))).endsWith("is empty");
    }

    @Test
    void whatIsNotThere() {
        assertThat(fixture.refused(Path.of("nowhere.csv"))).isEqualTo("nowhere.csv: no such file or folder");
    }

    @Test
    void anUnknownLayout() {
        assertThat(fixture.refused(fixture.file("a.csv", "a,b,c\n1,2,3\n")))
                .contains("no layout matches. Its first line is \"a,b,c\"");
    }

    @Test
    void aReportNoneOfWhoseRowsCanBeTaken() {
        assertThat(fixture.refused(fixture.file("a.csv", REPORT.replace("USABC2500001", "nonsense"))))
                .contains("its only row was rejected; most frequent reason: isrc: 'nonsense'");
    }
}
