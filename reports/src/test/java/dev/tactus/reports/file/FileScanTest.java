package dev.tactus.reports.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.reports.BadReport;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileScanTest {
    private static FileScan scan(byte[] bytes) {
        return FileScan.of(new ReportFile() {
            @Override
            public String name() {
                return "a.csv";
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        });
    }

    private static FileScan scan(String text, Charset charset) {
        return scan(text.getBytes(charset));
    }

    @Test
    void tellsTheDigestAndTheSizeOfAllBytes() throws Exception {
        byte[] bytes = "isrc,quantity\n".repeat(60_000).getBytes(StandardCharsets.UTF_8);
        FileScan scan = scan(bytes);
        assertThat(scan.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest(bytes)));
        assertThat(scan.bytes()).isEqualTo(840_000);
        assertThat(scan.head()).hasSize(FileScan.HEAD).isEqualTo(java.util.Arrays.copyOf(bytes, FileScan.HEAD));
    }

    @Test
    void tellsTheEncodingByTheMarkAndLeavesTheMarkOut() {
        assertEncoding(scan("\uFEFFé,b", StandardCharsets.UTF_8), ReportCharset.UTF_8, 3);
        assertEncoding(scan("\uFEFFé,b", StandardCharsets.UTF_16LE), ReportCharset.UTF_16LE, 2);
        assertEncoding(scan("\uFEFFé,b", StandardCharsets.UTF_16BE), ReportCharset.UTF_16BE, 2);
        assertThat(scan("\uFEFFé,b", StandardCharsets.UTF_8).head()).isEqualTo("é,b".getBytes(StandardCharsets.UTF_8));
        assertThat(scan("\uFEFFé", StandardCharsets.UTF_16LE).head())
                .isEqualTo("é".getBytes(StandardCharsets.UTF_16LE));
        assertThat(scan("\uFEFFé", StandardCharsets.UTF_16BE).head())
                .isEqualTo("é".getBytes(StandardCharsets.UTF_16BE));
    }

    @Test
    void tellsTheEncodingByItsBytesWhereThereIsNoMark() {
        assertEncoding(scan("é,b", StandardCharsets.UTF_8), ReportCharset.UTF_8, 0);
        assertEncoding(scan("isrc,title\nx,é", StandardCharsets.UTF_16LE), ReportCharset.UTF_16LE, 0);
        assertEncoding(scan("isrc,title\nx,é", StandardCharsets.UTF_16BE), ReportCharset.UTF_16BE, 0);
        assertThat(scan("é,b", StandardCharsets.ISO_8859_1).encoding()).isEmpty();
        assertThat(scan(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, (byte) 0xe9})
                        .encoding())
                .isEmpty();
    }

    @Test
    void whatIsNotUtf8FarFromTheBeginningIsNotUtf8() {
        byte[] bytes = "a,b\n".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 2] = (byte) 0xe9;
        assertThat(scan(bytes).encoding()).isEmpty();
    }

    private static void assertEncoding(FileScan scan, ReportCharset charset, int skip) {
        assertThat(scan.encoding()).contains(charset);
        assertThat(scan.skip()).isEqualTo(skip);
    }

    @ParameterizedTest
    @ValueSource(strings = {"d0cf11e0a1", "5041523100", "2550444600", "53514c6900", "89504e4700"})
    void refusesWhatIsNoText(String hex) {
        assertThatThrownBy(() -> scan(HexFormat.of().parseHex(hex)))
                .isInstanceOf(BadReport.class)
                .hasMessageStartingWith("a.csv: ");
    }

    @Test
    void refusesZerosThatAreNotThoseOfUtf16() {
        byte[] bytes = "a,b\n".repeat(100).getBytes(StandardCharsets.UTF_8);
        bytes[200] = 0;
        assertThatThrownBy(() -> scan(bytes)).isInstanceOf(BadReport.class);
        byte[] far = "a,b\n".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        far[far.length - 1] = 0;
        assertThatThrownBy(() -> scan(far)).as("a zero in the last bytes").isInstanceOf(BadReport.class);
    }

    @Test
    void refusesManyControlCharacters() {
        assertThat(scan("ab\u0001" + "x".repeat(97), StandardCharsets.UTF_8).bytes())
                .isEqualTo(100);
        assertThatThrownBy(() -> scan("a\u0001\u0002" + "x".repeat(97), StandardCharsets.UTF_8))
                .isInstanceOf(BadReport.class);
        assertThat(scan("\t\n\r\f".repeat(50), StandardCharsets.UTF_8).bytes()).isEqualTo(200);
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> scan(new byte[0])).hasMessage("a.csv: is empty");
    }
}
