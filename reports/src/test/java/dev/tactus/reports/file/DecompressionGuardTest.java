package dev.tactus.reports.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.reports.BadReport;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class DecompressionGuardTest {
    private static final long HARMLESS = 64L << 20;

    /// As many bytes as one wants.
    private static InputStream endless(long bytes) {
        return new InputStream() {
            private long left = bytes;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int read = (int) Math.min(left, length);
                left -= read;
                return read;
            }
        };
    }

    private static long drained(long unpacked, long packed) throws IOException {
        try (InputStream in = new DecompressionGuard(endless(unpacked), "a.gz", packed)) {
            return in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    @Test
    void letsSmallFilesRepeatThemselvesAsTheyLike() throws IOException {
        assertThat(drained(HARMLESS, 1)).isEqualTo(HARMLESS);
        assertThatThrownBy(() -> drained(HARMLESS + 1, 1))
                .isInstanceOf(BadReport.class)
                .hasMessageStartingWith(
                        "a.gz: expands to more than 250 times its compressed size (" + (HARMLESS + 1) + " bytes");
    }

    @Test
    void letsLargeFilesUnpackTo250TimesTheirSize() throws IOException {
        long packed = 300_000;
        assertThat(drained(packed * 250, packed)).isEqualTo(packed * 250);
        assertThatThrownBy(() -> drained(packed * 250 + 1, packed)).hasMessageContaining("250 times");
    }

    @Test
    void countsSingleBytesToo() throws IOException {
        try (InputStream in = new DecompressionGuard(new ByteArrayInputStream(new byte[] {(byte) 0xfe}), "x", 1)) {
            assertThat(in.read()).isEqualTo(0xfe);
            assertThat(in.read()).isEqualTo(-1);
        }
        try (InputStream in = new DecompressionGuard(endless(HARMLESS + 1), "x", 1)) {
            in.skipNBytes(0);
            assertThat(in.readNBytes((int) HARMLESS)).hasSize((int) HARMLESS);
            assertThatThrownBy(in::read).isInstanceOf(BadReport.class);
        }
    }

    @Test
    void saysWhatIsWrongWithPackedData() {
        assertThat(DecompressionGuard.broken("a", new EOFException())).hasMessageContaining("truncated");
        assertThat(DecompressionGuard.broken("a", new ZipException("bad block")))
                .hasMessageContaining("damaged: bad block");
    }
}
