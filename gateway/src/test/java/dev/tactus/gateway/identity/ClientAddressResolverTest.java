package dev.tactus.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.network.CidrBlock;
import dev.tactus.gateway.network.ForwardedField;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressResolverTest {
    private static final List<CidrBlock> TRUSTED = List.of(CidrBlock.parse("10.0.0.0/8"), CidrBlock.parse("fd00::/8"));

    private static String resolved(String peer, String field, String... lines) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (String line : lines) {
            headers.add(field, line);
        }
        return ClientAddressResolver.of(
                        InetAddress.ofLiteral(peer),
                        headers,
                        TRUSTED,
                        field.equals("forwarded") ? ForwardedField.FORWARDED : ForwardedField.X_FORWARDED_FOR)
                .getHostAddress();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1|192.0.2.1|192.0.2.1",
                "10.0.0.1|192.0.2.1, 10.0.0.2|192.0.2.1",
                "10.0.0.1|198.51.100.9, 192.0.2.1, 10.0.0.2|192.0.2.1",
                "10.0.0.1|10.0.0.3, 10.0.0.2|10.0.0.3",
                "10.0.0.1|unknown, 10.0.0.2|10.0.0.2",
                "192.0.2.7|198.51.100.9|192.0.2.7",
                "10.0.0.1|192.0.2.1:4711|192.0.2.1",
                "10.0.0.1|[2001:db8::1]:4711|2001:db8:0:0:0:0:0:1",
                "10.0.0.1|2001:db8::1|2001:db8:0:0:0:0:0:1",
                "10.0.0.1|[2001:db8::1|10.0.0.1",
                "fd00::1|192.0.2.1|192.0.2.1",
            })
    void isTheFirstFromTheRightThatIsNoTrustedProxys(String peer, String hops, String address) {
        assertThat(resolved(peer, "x-forwarded-for", hops)).isEqualTo(address);
        String elements = "for=\"" + hops.replace(", ", "\";proto=http, For=\"") + "\"";
        assertThat(resolved(peer, "forwarded", elements)).isEqualTo(address);
    }

    @Test
    void theLinesOfAFieldAreOneList() {
        assertThat(resolved("10.0.0.1", "x-forwarded-for", "192.0.2.1", "10.0.0.2"))
                .isEqualTo("192.0.2.1");
        assertThat(resolved("10.0.0.1", "forwarded", "proto=http", "for=10.0.0.2"))
                .isEqualTo("10.0.0.2");
        assertThat(resolved("10.0.0.1", "x-forwarded-for")).isEqualTo("10.0.0.1");
    }

    @Test
    void nobodyIsBelievedWhereNoProxyIsTrusted() {
        HttpHeaders headers = new DefaultHttpHeaders().add("x-forwarded-for", "192.0.2.1");
        assertThat(ClientAddressResolver.of(
                                InetAddress.ofLiteral("10.0.0.1"), headers, List.of(), ForwardedField.X_FORWARDED_FOR)
                        .getHostAddress())
                .isEqualTo("10.0.0.1");
    }

    @Test
    void aBearerTokenFollowsItsScheme() {
        assertThat(ClientAddressResolver.bearer(new DefaultHttpHeaders().add("Authorization", "bearer  abc ")))
                .contains("abc");
        assertThat(ClientAddressResolver.bearer(new DefaultHttpHeaders().add("Authorization", "Basic abc")))
                .isEmpty();
        assertThat(ClientAddressResolver.bearer(new DefaultHttpHeaders())).isEmpty();
    }
}
