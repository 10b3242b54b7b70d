package dev.tactus.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.31.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "ff02::1"
            })
    void noMachineThatOnlyTheGatewayReaches(String address) {
        assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "93.184.215.14", "172.32.0.1", "2606:4700::1111"})
    void othersAreOthers(String address) {
        assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void namesAreJudgedByWhatTheyStandFor() throws IOException {
        assertThatThrownBy(() -> new PublicAddresses(false).find("localhost"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("private address");
        assertThat(new PublicAddresses(true).find("localhost").isLoopbackAddress())
                .isTrue();
    }

    @Test
    void allAddressesOfANameMustBeAllowed() throws IOException {
        InetAddress open = InetAddress.ofLiteral("93.184.215.14");
        InetAddress closed = InetAddress.ofLiteral("10.1.2.3");
        assertThat(new PublicAddresses(false, host -> new InetAddress[] {open}).find("both.example"))
                .isEqualTo(open);
        assertThatThrownBy(() ->
                        new PublicAddresses(false, host -> new InetAddress[] {open, closed}).find("both.example"))
                .hasMessageContaining("private address");
    }

    /// Whoever answers for a name may answer otherwise the second time.
    @Test
    void theConnectionGoesToTheAddressThatWasLookedAt() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            CallbackTransport transport = new CallbackTransport(
                    new PublicAddresses(true, host -> new InetAddress[] {InetAddress.getLoopbackAddress()}),
                    (SSLSocketFactory) SSLSocketFactory.getDefault());
            URI nowhere =
                    URI.create("http://callback.invalid:" + server.getAddress().getPort() + "/");
            assertThat(transport.send("POST", nowhere, Map.of(), "{}").status()).isEqualTo(204);
        } finally {
            server.stop(0);
        }
    }
}
