package dev.tactus.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarParserTest {
    private static final Duration OTHERWISE = Duration.ofSeconds(7);

    private static Section section(String yaml) {
        return Section.parse("gateway.yaml", yaml, _ -> null);
    }

    private static Value value(String text) {
        return section("v: \"" + text + "\"\n").require("v");
    }

    private static long bytes(String text, long most) {
        return ScalarParser.bytes(section("v: " + text + "\n"), "v", 99, most);
    }

    @Test
    void anAddressHasAHostAndAPort() {
        assertThat(ScalarParser.socket(value("127.0.0.1:8080")))
                .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8080));
        assertThat(ScalarParser.socket(value("[::1]:65535")))
                .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("::1"), 65_535));
        assertThat(ScalarParser.socket(value(":0")).getAddress().isAnyLocalAddress())
                .isTrue();
        assertThat(ScalarParser.socket(value("localhost:1")).isUnresolved()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", "127.0.0.1:65536", "::1:80", "a b:80", "[::1]", "x:"})
    void noOtherAddressIsTaken(String text) {
        assertThatThrownBy(() -> ScalarParser.socket(value(text))).isInstanceOf(InvalidConfiguration.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a.example", "HTTPS://a.example:8443/x"})
    void aWebAddressIsHttpOrHttps(String text) {
        assertThat(ScalarParser.web(value(text))).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a.example",
                "a.example",
                "http:///x",
                "http://me:secret@a.example",
                "http://a.example?q=secret",
                "http://a.example#secret",
                "http://a example/secret"
            })
    void noOtherWebAddressIsTakenNorRepeated(String text) {
        assertThatThrownBy(() -> ScalarParser.web(value(text)))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aFileIsOneThatCanBeRead(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.pem"), "x");
        assertThat(ScalarParser.file(value("./x/../a.pem"), folder)).isEqualTo(file);
        assertThatThrownBy(() -> ScalarParser.file(value("none"), folder)).isInstanceOf(InvalidConfiguration.class);
        assertThatThrownBy(() -> ScalarParser.file(value("."), folder)).isInstanceOf(InvalidConfiguration.class);
    }

    @Test
    void aDurationIsLongerThanNothing() {
        assertThat(ScalarParser.duration(section("v: 1ms\n"), "v", OTHERWISE)).isEqualTo(Duration.ofMillis(1));
        assertThat(ScalarParser.duration(section("w: 1\n"), "v", OTHERWISE)).isEqualTo(OTHERWISE);
        assertThatThrownBy(() -> ScalarParser.duration(section("v: 0s\n"), "v", OTHERWISE))
                .isInstanceOf(InvalidConfiguration.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "512B, 512", "1kb, 1024", "16 KB, 16384", "1MB, 1048576", "1GB, 1073741824"})
    void aSizeHasItsUnit(String text, long bytes) {
        assertThat(bytes(text, Long.MAX_VALUE - 1)).isEqualTo(bytes);
    }

    @Test
    void aSizeLiesBetweenOneByteAndTheMost() {
        assertThat(bytes("1KB", 1024)).isEqualTo(1024);
        assertThatThrownBy(() -> bytes("1025", 1024)).isInstanceOf(InvalidConfiguration.class);
        assertThatThrownBy(() -> bytes("0", 1024)).isInstanceOf(InvalidConfiguration.class);
        assertThatThrownBy(() -> bytes("much", 1024)).isInstanceOf(InvalidConfiguration.class);
        assertThatThrownBy(() -> bytes("unlimited", 1024)).isInstanceOf(InvalidConfiguration.class);
        assertThat(bytes("unlimited", RequestSizeLimits.UNLIMITED)).isEqualTo(RequestSizeLimits.UNLIMITED);
        assertThat(ScalarParser.bytes(section("w: 1\n"), "v", 99, 1024)).isEqualTo(99);
    }

    @Test
    void oneOfSeveralIsNamedInLowerCaseWithDashes() {
        assertThat(ScalarParser.oneOf(value("x-ratelimit"), RateLimitDialect.values()))
                .isEqualTo(RateLimitDialect.X_RATELIMIT);
        assertThatThrownBy(() -> ScalarParser.oneOf(value("X_RATELIMIT"), RateLimitDialect.values()))
                .isInstanceOf(InvalidConfiguration.class);
    }
}
