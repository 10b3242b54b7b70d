package dev.tactus.reports.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8ValidatorTest {
    @ParameterizedTest
    @CsvSource({
        "7f, true",
        "c280, true",
        "c1bf, false",
        "c0, false",
        "dfbf, true",
        "e0a080, true",
        "e09fbf, false",
        "e18080, true",
        "ed9fbf, true",
        "eda080, false",
        "ee8080, true",
        "efbfbf, true",
        "f0908080, true",
        "f08fbfbf, false",
        "f1808080, true",
        "f48fbfbf, true",
        "f4908080, false",
        "f5808080, false",
        "80, false",
        "bf, false",
        "c2, false",
        "c27f, false",
        "c2c0, false",
        "e1a0, false",
        "e1a041, false",
        "e1e1a0a0, false",
        "f0a08041, false",
        "e0a0c2, false",
        "f4808f80, true",
        "e08080, false",
        "e0a0bf, true",
        "ed80bf, true",
    })
    void takesWhatRfc3629Takes(String hex, boolean valid) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        Utf8Validator whole = new Utf8Validator();
        whole.take(bytes, 0, bytes.length);
        assertThat(whole.valid()).isEqualTo(valid);

        Utf8Validator byteByByte = new Utf8Validator();
        for (int i = 0; i < bytes.length; i++) {
            byteByByte.take(bytes, i, i + 1);
        }
        assertThat(byteByByte.valid()).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithTheDecoderOfTheJdk(long seed) {
        Random random = new Random(seed);
        for (int trial = 0; trial < 2_000; trial++) {
            byte[] bytes = new byte[random.nextInt(40)];
            int at = 0;
            while (at < bytes.length) {
                byte[] piece = random.nextInt(12) == 0
                        ? new byte[] {(byte) random.nextInt(256)}
                        : Character.toString(codePoint(random)).getBytes(StandardCharsets.UTF_8);
                int length = Math.min(piece.length, bytes.length - at);
                System.arraycopy(piece, 0, bytes, at, length);
                at += length;
            }
            int cut = random.nextInt(bytes.length + 1);
            Utf8Validator validator = new Utf8Validator();
            boolean zero = validator.take(bytes, 0, cut);
            zero |= validator.take(bytes, cut, bytes.length);
            assertThat(validator.valid())
                    .as("seed %d: %s", seed, HexFormat.of().formatHex(bytes))
                    .isEqualTo(decodes(bytes));
            assertThat(zero).isEqualTo(hasZero(bytes));
        }
    }

    private static int codePoint(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0x80 + random.nextInt(0x700);
            case 1 -> 0x800 + random.nextInt(0x5000);
            case 2 -> 0x10000 + random.nextInt(0x10000);
            default -> random.nextInt(0x80);
        };
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean hasZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}
