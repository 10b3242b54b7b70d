package dev.tactus.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
    private final AllowedHosts hosts = new AllowedHosts(InetAddress.getLoopbackAddress(), List.of("Tactus.label"));

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8090", "127.0.0.1:8090", "[::1]:8090", "127.1.2.3", "tactus.label"})
    void answersToItsOwnNames(String host) {
        assertThat(hosts.allows(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "192.168.1.5",
                "[",
                "999.0.0.1",
                "1:2:3:4:5:6:7:8:9:0"
            })
    void refusesOthers(String host) {
        assertThat(hosts.allows(host)).isFalse();
    }

    @Test
    void anyAddressIsRightWhereTheNetworkMayAsk() throws Exception {
        AllowedHosts open = new AllowedHosts(InetAddress.getByName("0.0.0.0"), List.of());

        assertThat(open.allows("192.168.1.5:8090")).isTrue();
        assertThat(open.allows("evil.example")).isFalse();
    }
}
