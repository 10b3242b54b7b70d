package dev.tactus.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.network.ForwardedField;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedHeadersTest {
    private static final InetAddress PEER = InetAddress.ofLiteral("192.0.2.1");

    private final HttpHeaders headers = new DefaultHttpHeaders();

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, false, a.example, for=192.0.2.1;host=a.example;proto=http",
        "192.0.2.1, true, a.example, for=192.0.2.1;host=a.example;proto=https",
        "192.0.2.1, false, 'a.example:80', 'for=192.0.2.1;host=\"a.example:80\";proto=http'",
        "192.0.2.1, false, 'a_b~c!', for=192.0.2.1;host=a_b~c!;proto=http",
        "192.0.2.1, false, '', for=192.0.2.1;proto=http",
        "2001:db8::1, false, a, 'for=\"[2001:db8:0:0:0:0:0:1]\";host=a;proto=http'",
    })
    void saysWhoAskedForWhatAndHow(String peer, boolean tls, String host, String element) {
        new ForwardedHeaders(InetAddress.ofLiteral(peer), tls).add(headers, host, false, ForwardedField.FORWARDED);

        assertThat(headers.get("Forwarded")).isEqualTo(element);
    }

    @Test
    void theZoneOfALocalAddressStaysHere() throws UnknownHostException {
        InetAddress local = java.net.Inet6Address.getByAddress(
                "peer", InetAddress.ofLiteral("fe80::1").getAddress(), 3);

        new ForwardedHeaders(local, false).add(headers, "a", false, ForwardedField.FORWARDED);

        assertThat(headers.get("X-Forwarded-For")).isEqualTo("fe80:0:0:0:0:0:0:1");
    }

    /// Anybody may have written them.
    @Test
    void whatAStrangerSaysOfEarlierHopsIsNotPassedOn() {
        headers.set("X-Forwarded-Host", "b").set("X-Real-IP", "10.0.0.1").set("X-Forwarded-Proto", "https");

        new ForwardedHeaders(PEER, false).add(headers, "a", false, ForwardedField.FORWARDED);

        assertThat(headers.names()).containsExactlyInAnyOrder("forwarded", "x-forwarded-for");
    }

    @ParameterizedTest
    @CsvSource({"FORWARDED, for=10.0.0.1, ''", "X_FORWARDED_FOR, '', 10.0.0.1"})
    void ofATrustedProxyOnlyTheFieldThatItWritesIsKept(ForwardedField believed, String forwarded, String addresses) {
        headers.set("Forwarded", "for=10.0.0.1").set("X-Forwarded-For", "10.0.0.1");

        new ForwardedHeaders(PEER, false).add(headers, "a", true, believed);

        String element = "for=192.0.2.1;host=a;proto=http";
        assertThat(headers.getAll("Forwarded"))
                .containsExactly(forwarded.isEmpty() ? new String[] {element} : new String[] {forwarded, element});
        assertThat(headers.getAll("X-Forwarded-For"))
                .containsExactly(
                        addresses.isEmpty() ? new String[] {"192.0.2.1"} : new String[] {addresses, "192.0.2.1"});
    }
}
