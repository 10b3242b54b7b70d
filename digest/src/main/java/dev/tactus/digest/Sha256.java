package dev.tactus.digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A SHA-256 digest (FIPS 180-4), as four numbers, so that it compares fast and nobody can write into it.
///
/// As text it is 64 lower-case hex digits: in columns, in files and in messages. Whether two are equal takes the same
/// time wherever they differ, so that a secret's digest may be compared with what a stranger sent.
public record Sha256(long first, long second, long third, long fourth) {
    private static final int BUFFER = 1 << 16;

    /// Of bytes.
    public static Sha256 of(byte[] content) {
        return new Sha256Stream().update(content).digest();
    }

    /// Of a text in UTF-8.
    public static Sha256 of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Of a file, read to its last byte.
    public static Sha256 of(Path file) throws IOException {
        Sha256Stream digest = new Sha256Stream();
        try (InputStream content = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return digest.digest();
    }

    /// The digest with these 64 hex digits.
    public static Sha256 parse(String hex) {
        if (hex.length() != 64) {
            throw new IllegalArgumentException("a SHA-256 has 64 hex digits, but '" + hex + "' has " + hex.length());
        }
        return read(HexFormat.of().parseHex(hex));
    }

    static Sha256 read(byte[] bytes) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes);
        return new Sha256(numbers.getLong(), numbers.getLong(), numbers.getLong(), numbers.getLong());
    }

    /// All 64 digits.
    public String hex() {
        HexFormat digits = HexFormat.of();
        return digits.toHexDigits(first)
                + digits.toHexDigits(second)
                + digits.toHexDigits(third)
                + digits.toHexDigits(fourth);
    }

    /// The first digits, for ids and file names.
    public String hex(int digits) {
        return hex().substring(0, digits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sha256 that
                && ((first ^ that.first) | (second ^ that.second) | (third ^ that.third) | (fourth ^ that.fourth)) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    @Override
    public String toString() {
        return hex();
    }
}
