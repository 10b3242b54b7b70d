package dev.tactus.source.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPatternTest {
    private static final String SECRET = "S3K/ab+c&d=\u00e4 e";

    private static String masked(String text) {
        return SecretPattern.of(SECRET).matcher(text).replaceAll("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "S3K/ab+c&d=\u00e4 e",
                "S3K\\/ab+c&d=\u00e4 e",
                "S3K\\/ab\\u002bc\\u0026d=\\u00E4 e",
                "S3K%2Fab%2Bc%26d%3D%C3%A4+e",
                "S3K%2fab%2bc%26d%3d%c3%a4%20e",
                "%53%33%4B%2F%61%62%2B%63%26%64%3D%C3%A4%20%65",
                "S3K/ab+c&amp;d=&#228; e",
                "S3K&#x2F;ab&#43;c&#38;d=&#xE4; e"
            })
    void aSecretIsFoundHoweverItIsWritten(String written) {
        assertThat(masked("key=" + written + "!")).isEqualTo("key=***!");
    }

    @Test
    void inBytesOfAnUnknownEncodingToo() {
        String bytes = new String(SECRET.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(masked("<" + bytes + ">")).isEqualTo("<***>");
    }

    @Test
    void whatIsNoSecretStays() {
        assertThat(masked("S3K/ab+c&d=\u00e5 e, s3k/ab+c&d=\u00e4 e"))
                .isEqualTo("S3K/ab+c&d=\u00e5 e, s3k/ab+c&d=\u00e4 e");
    }
}
