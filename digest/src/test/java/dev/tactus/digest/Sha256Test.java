package dev.tactus.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {
    /// FIPS 180-4's own examples.
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void isTheStandards() {
        assertThat(Sha256.of("abc").hex()).isEqualTo(ABC);
        assertThat(Sha256.of("")).hasToString(NOTHING);
        assertThat(Sha256.of("é")).isEqualTo(Sha256.of(new byte[] {(byte) 0xc3, (byte) 0xa9}));
    }

    @Test
    void digitsAreTheFirstOnes() {
        assertThat(Sha256.of("abc").hex(12)).isEqualTo("ba7816bf8f01");
    }

    @Test
    void isReadFromItsText() {
        assertThat(Sha256.parse(ABC)).isEqualTo(Sha256.of("abc")).hasSameHashCodeAs(Sha256.of("abc"));
        assertThatThrownBy(() -> Sha256.parse("ba78")).hasMessageContaining("64 hex digits");
        assertThatThrownBy(() -> Sha256.parse("x".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 16, 24, 31})
    void differsWhereOneByteDoes(int at) {
        byte[] digits = ABC.getBytes(StandardCharsets.US_ASCII);
        digits[2 * at] = (byte) (digits[2 * at] == '0' ? '1' : '0');

        assertThat(Sha256.parse(new String(digits, StandardCharsets.US_ASCII))).isNotEqualTo(Sha256.of("abc"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, (1 << 16) - 1, 1 << 16, (1 << 16) + 1, 300_000})
    void aFileAndStreamsOfAnyLengthAreReadToTheirLastByte(int length, @TempDir Path folder) throws IOException {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 7);
        Sha256 whole = Sha256.of(content);
        Path file = Files.write(folder.resolve("file"), content);

        assertThat(Sha256.of(file)).isEqualTo(whole);
        Sha256Stream read = new Sha256Stream();
        try (InputStream in = read.over(new ByteArrayInputStream(content))) {
            assertThat(in.readAllBytes()).hasSize(length);
        }
        assertThat(read.digest()).isEqualTo(whole);
        Sha256Stream written = new Sha256Stream();
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try (OutputStream out = written.over(copy)) {
            out.write(content);
        }
        assertThat(written.digest()).isEqualTo(whole);
        assertThat(copy.size()).isEqualTo(length);
        Sha256Stream parts = new Sha256Stream().update(content, 0, length / 2);
        assertThat(parts.update(content, length / 2, length - length / 2).digest())
                .isEqualTo(whole);
    }
}
