package dev.tactus.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostSyntaxTest {
    /// The grammar of RFC 3986, without the marks that mean something elsewhere.
    private static final Pattern GRAMMAR =
            Pattern.compile("[A-Za-z0-9._~%-]*(?::\\d{0,5})?|\\[[0-9A-Fa-f:.]+](?::\\d{0,5})?");

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "api.example.org", "a:80", "a:", "127.0.0.1:65535", "[::1]", "[::1]:8080", "%61"})
    void takes(String host) {
        assertThat(HostSyntax.matches(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a@b",
                "a/b",
                "a,b",
                "a:b",
                "a:123456",
                "[]",
                "[::1",
                "[g]",
                "[::1]x",
                "a:80:80",
                "\u00e9",
                "a\t",
                "a;for=b",
                "a=b"
            })
    void refuses(String host) {
        assertThat(HostSyntax.matches(host)).isFalse();
    }

    @Test
    void agreesWithTheGrammar() {
        Random random = new Random(20261123);
        String characters = "ab1:[]].-%/@ \u00e9:9";
        for (int i = 0; i < 200_000; i++) {
            StringBuilder host = new StringBuilder();
            for (int length = random.nextInt(9); length > 0; length--) {
                host.append(characters.charAt(random.nextInt(characters.length())));
            }
            assertThat(HostSyntax.matches(host.toString()))
                    .as("%s", host)
                    .isEqualTo(GRAMMAR.matcher(host).matches());
        }
    }
}
