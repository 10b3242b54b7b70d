package dev.tactus.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.network.ForwardedField;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What of a message's head is about one connection, and what is said of whom it came from.
class HopByHopHeadersTest {
    private static HttpHeaders headers(String... namesAndValues) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection",
                "keep-alive",
                "proxy-connection",
                "transfer-encoding",
                "upgrade",
                "te",
                "http2-settings",
                "proxy-authenticate",
                "proxy-authorization"
            })
    void whatIsKnownToBeOfOneHopGoes(String name) {
        HttpHeaders headers = headers(name, "x", "accept", "y");
        HopByHopHeaders.strip(headers);
        assertThat(headers.names()).containsExactly("accept");
    }

    @Test
    void whatConnectionNamesGoesButForWhatAMessageNeeds() {
        HttpHeaders headers = headers(
                "Connection",
                "keep-alive",
                "Connection",
                "X-One, ,x-two",
                "Connection",
                "Content-Length, host, Authorization",
                "X-One",
                "1",
                "X-Two",
                "2",
                "X-Three",
                "3",
                "Content-Length",
                "5",
                "Host",
                "a",
                "Authorization",
                "b");
        HopByHopHeaders.strip(headers);
        assertThat(headers.names()).containsExactlyInAnyOrder("X-Three", "Content-Length", "Host", "Authorization");
    }

    @Test
    void theNotesOfTheHttp2CodecGo() {
        HttpHeaders headers = headers("accept", "x");
        for (ExtensionHeaderNames note : ExtensionHeaderNames.values()) {
            headers.add(note.text(), "1");
        }
        HopByHopHeaders.stripNotes(headers);
        assertThat(headers.names()).containsExactly("accept");
    }

    @Test
    void trailersAreTakenByWhomSaysSo() {
        assertThat(HopByHopHeaders.takesTrailers(headers("TE", "gzip, Trailers")))
                .isTrue();
        assertThat(HopByHopHeaders.takesTrailers(headers("TE", "gzip"))).isFalse();
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void theUpstreamIsToldOfThePeerBesideWhatProxiesWrote() throws Exception {
        HttpHeaders headers = headers(
                "x-forwarded-for",
                "192.0.2.7",
                "x-forwarded-host",
                "spoof",
                "x-real-ip",
                "spoof",
                "x-forwarded-proto",
                "spoof",
                "x-forwarded-port",
                "1");
        new ForwardedHeaders(address("192.0.2.1"), false)
                .add(headers, "api.example:8080", false, ForwardedField.X_FORWARDED_FOR);
        assertThat(headers.getAll("forwarded")).containsExactly("for=192.0.2.1;host=\"api.example:8080\";proto=http");
        assertThat(headers.getAll("x-forwarded-for")).containsExactly("192.0.2.7", "192.0.2.1");
        assertThat(headers.toString()).doesNotContain("spoof", "port");
    }

    @Test
    void aTrustedProxysFieldsStay() throws Exception {
        HttpHeaders headers =
                headers("x-forwarded-host", "a", "x-real-ip", "b", "x-forwarded-proto", "c", "x-forwarded-port", "1");
        new ForwardedHeaders(address("192.0.2.1"), true).add(headers, "", true, ForwardedField.X_FORWARDED_FOR);
        assertThat(headers.names()).contains("x-forwarded-host", "x-real-ip", "x-forwarded-proto", "x-forwarded-port");
        assertThat(headers.get("forwarded")).isEqualTo("for=192.0.2.1;proto=https");
    }

    @Test
    void anIpv6PeerIsInBracketsWithoutItsZone() throws Exception {
        ForwardedHeaders forwarded = new ForwardedHeaders(
                java.net.Inet6Address.getByAddress("x", address("fe80::1").getAddress(), 1), true);
        HttpHeaders first = headers();
        forwarded.add(first, "a", false, ForwardedField.X_FORWARDED_FOR);
        assertThat(first.get("forwarded")).isEqualTo("for=\"[fe80:0:0:0:0:0:0:1]\";host=a;proto=https");
        assertThat(first.get("x-forwarded-for")).isEqualTo("fe80:0:0:0:0:0:0:1");
        HttpHeaders second = headers();
        forwarded.add(second, "b", false, ForwardedField.X_FORWARDED_FOR);
        assertThat(second.get("forwarded")).contains("host=b");
        HttpHeaders again = headers();
        forwarded.add(again, "b", false, ForwardedField.X_FORWARDED_FOR);
        assertThat(again.get("forwarded")).isEqualTo(second.get("forwarded"));
    }
}
