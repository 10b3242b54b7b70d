package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.FakeUpstream.Wire;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a caller writes into a request so that a server behind or before the gateway takes it for somebody else.
@SuppressWarnings("StringConcatToTextBlock") // every CR and LF is meant
class BehindProxiesTest {
    private static final String BY_ADDRESS = """
            identify: {address: true, trusted_proxies: [127.0.0.1]}
            applications: [{id: radio, addresses: [192.0.2.0/24]}]
            unknown_applications: {limits: [{name: quota, permits: 2, window: 60s}]}
            limits: []
            """;

    @TempDir
    Path folder;

    @AfterAll
    static void leaksNothing() {
        assertThat(LeakRecorder.found()).isEmpty();
    }

    /// A proxy that writes X-Forwarded-For passes a caller's Forwarded on as it came.
    @Test
    void onlyTheFieldThatTheProxiesWriteIsBelieved() throws Exception {
        try (TestGateway rig = rig(BY_ADDRESS);
                HttpTestClient client = rig.client()) {
            int[] statuses = new int[4];
            for (int i = 0; i < statuses.length; i++) {
                statuses[i] = client.get("/", "Forwarded: for=10.9.8." + i, "X-Forwarded-For: 203.0.113.7")
                        .status();
            }
            assertThat(statuses).containsExactly(200, 200, 429, 429);
            assertThat(client.get("/", "Forwarded: for=192.0.2.1", "X-Forwarded-For: 203.0.113.7")
                            .status())
                    .as("not the application that the caller would like to be")
                    .isEqualTo(429);
        }
        try (TestGateway rig = rig("forwarded_by: forwarded\n" + BY_ADDRESS);
                HttpTestClient client = rig.client()) {
            for (int i = 0; i < 4; i++) {
                assertThat(client.get("/", "X-Forwarded-For: 10.9.8." + i, "Forwarded: for=203.0.113.7")
                                .status())
                        .isEqualTo(i < 2 ? 200 : 429);
            }
        }
    }

    /// Any host may take any address of its network.
    @Test
    void callersOfOneNetworkOfIpv6ShareAQuota() throws Exception {
        try (TestGateway rig = rig(BY_ADDRESS);
                HttpTestClient client = rig.client()) {
            for (int i = 0; i < 4; i++) {
                assertThat(client.get("/", "X-Forwarded-For: 2001:db8:5::" + i).status())
                        .isEqualTo(i < 2 ? 200 : 429);
            }
            assertThat(client.get("/", "X-Forwarded-For: 2001:db8:5:1::1").status())
                    .as("another network")
                    .isEqualTo(200);
            for (int i = 0; i < 4; i++) {
                assertThat(client.get("/", "X-Forwarded-For: 198.51.100." + i).status())
                        .as("addresses of IPv4 are a host each")
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void whatCameInTheOtherFieldReachesNobody() throws Exception {
        try (TestGateway rig = rig(BY_ADDRESS);
                HttpTestClient client = rig.client()) {
            client.get("/", "Forwarded: for=192.0.2.1", "X-Forwarded-For: 203.0.113.7");
            Wire.Message seen = rig.upstream.seen().getFirst();
            assertThat(seen.all("X-Forwarded-For")).containsExactly("203.0.113.7", "127.0.0.1");
            assertThat(seen.all("Forwarded")).containsExactly("for=127.0.0.1;host=api.example;proto=http");
        }
    }

    /// The host that a proxy repeats in Forwarded is the caller's text.
    @Test
    void aQuotedHostIsNoElementOfItsOwn() throws Exception {
        try (TestGateway rig = rig("forwarded_by: forwarded\n" + BY_ADDRESS);
                HttpTestClient client = rig.client()) {
            String field = "Forwarded: for=203.0.113.7;host=\"a, for=192.0.2.1;x=\\\"\"";
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("/", field).status()).isEqualTo(i < 2 ? 200 : 429);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;for=10.0.0.1;proto=https",
                "a=b",
                "a&b",
                "a'b",
                "a(b)",
                "a*",
                "a+b",
                "a!b",
                "a$b",
                "a;for=x:80"
            })
    void aHostThatIsNoHostIsRefused(String host) throws Exception {
        try (TestGateway rig = rig("limits: []\n")) {
            for (String request : new String[] {
                "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", "GET http://" + host + "/ HTTP/1.1\r\nHost: a\r\n\r\n"
            }) {
                try (HttpTestClient client = rig.client()) {
                    assertThat(client.send(request).read().status()).isEqualTo(400);
                }
            }
            assertThat(rig.upstream.seen()).isEmpty();
        }
    }

    @Test
    void trailersSayNothingOfWhoTheCallerIsOrWhereTheRequestGoes() throws Exception {
        try (TestGateway rig = TestGateway.start(
                        new FakeUpstream(wire -> {
                            String body = Wire.readBody(wire.in(), wire.request());
                            wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                        }),
                        folder,
                        "limits: []\nidentify: {header: X-App}\n");
                HttpTestClient client = rig.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
                    + "Host: evil\r\nAuthorization: Bearer x\r\nX-Api-Key: k\r\nX-App: k\r\nX-Forwarded-For: 1.2.3.4\r\n"
                    + "X-Forwarded-Proto: https\r\nForwarded: for=1.2.3.4\r\nCookie: a=b\r\nTransfer-Encoding: x\r\n"
                    + "Content-Length: 7\r\nX_Api_Key: k\r\nX-Http-Method-Override: PUT\r\nContent-Digest: d\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("x[trailer Content-Digest: d]");
        }
    }

    @Test
    void ofTwoKeysNoneIsTaken() throws Exception {
        String key = EnforcementTest.sha256("k");
        try (TestGateway rig = rig("applications: [{id: radio, key_sha256: [\"" + key + "\"]}]\nlimits: []\n")) {
            for (String fields : new String[] {
                "X-Api-Key: k\r\nX-Api-Key: other\r\n",
                "X-Api-Key: other\r\nx-api-key: k\r\n",
                "X-Api-Key: k\r\nAuthorization: a\r\nAuthorization: b\r\n"
            }) {
                try (HttpTestClient client = rig.client()) {
                    client.send("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
                    assertThat(client.read().status()).isEqualTo(400);
                }
            }
            assertThat(rig.upstream.seen()).isEmpty();
        }
    }

    @Test
    void fieldsWithAnUnderscoreAreDropped() throws Exception {
        String key = EnforcementTest.sha256("k");
        try (TestGateway rig = rig("applications: [{id: radio, key_sha256: [\"" + key + "\"]}]\nlimits: []\n");
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/", "X-Api-Key: k", "X_Api_Key: other", "Content_Length: 5", "X-Note: a_b")
                            .status())
                    .isEqualTo(200);
            assertThat(rig.upstream.seen().getFirst().fields())
                    .noneMatch(field -> field.substring(0, field.indexOf(':')).contains("_"))
                    .contains("X-Note: a_b");
            assertThat(client.get("/", "X_Api_Key: k").status()).isEqualTo(401);
        }
    }

    /// The refusal comes while the caller is still writing; a reset would throw it away.
    @Test
    void aRefusalIsReadThoughItsCallerGoesOnSending() throws Exception {
        try (TestGateway rig = rig("limits: []\n")) {
            String much = "X: " + "y".repeat(1_000) + "\r\n";
            for (int round = 0; round < 20; round++) {
                try (HttpTestClient client = rig.client()) {
                    client.send("GET / HTTP/1.1\r\nHost: a\r\n" + much.repeat(200));
                    client.send(much.repeat(200));
                    assertThat(client.read().status()).isEqualTo(431);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99", "2000", "600", "999", "099", "20", "0"})
    void aStatusThatIsNoneBecomesABadGateway(String status) throws Exception {
        try (TestGateway rig = TestGateway.start(
                        new FakeUpstream(wire -> wire.send("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n")),
                        folder,
                        "limits: []\n");
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/").status()).isEqualTo(502);
            rig.upstream.becomes(wire -> wire.send("http/1.1 200 X\r\nContent-Length: 0\r\n\r\n"));
            assertThat(client.get("/").status()).isEqualTo(502);
            rig.upstream.becomes(wire -> wire.answer(599, "ok"));
            assertThat(client.get("/").status()).isEqualTo(599);
        }
    }

    private TestGateway rig(String yaml) throws Exception {
        return TestGateway.start(FakeUpstream.saying("ok"), folder, yaml);
    }
}
