package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.settings.InvalidConfiguration;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS on both sides, and HTTP/2 on the callers', with a client that nobody here wrote.
@SuppressWarnings("StringConcatToTextBlock") // every CR and LF is meant
class TlsTest {
    @TempDir
    Path folder;

    private static X509Bundle bundle;

    private SSLContext trusting;

    @BeforeAll
    static void makeACertificate() throws Exception {
        bundle = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    @BeforeEach
    void trustIt() throws Exception {
        Files.writeString(folder.resolve("cert.pem"), bundle.getCertificatePathPEM());
        Files.writeString(folder.resolve("key.pem"), bundle.getPrivateKeyPEM());
        TrustManagerFactory trust = bundle.toTrustManagerFactory();
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
    }

    @AfterAll
    static void leaksNothing() {
        assertThat(LeakRecorder.found()).isEmpty();
    }

    @Test
    void speaksHttp2OverTls() throws Exception {
        try (FakeUpstream upstream =
                        new FakeUpstream(wire -> wire.send("HTTP/1.1 200 OK\r\nX-Up: 1\r\nContent-Length: 6\r\n\r\n"
                                + FakeUpstream.Wire.readBody(wire.in(), wire.request()) + "!"));
                TestGateway rig = rig(upstream, "limits: []\n");
                HttpClient client = client(HttpClient.Version.HTTP_2)) {
            HttpResponse<String> answer = client.send(post(rig, "hello"), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.body()).isEqualTo("hello!");
            assertThat(answer.headers().firstValue("x-up")).contains("1");
            FakeUpstream.Wire.Message seen = upstream.seen().getFirst();
            assertThat(seen.field("Forwarded"))
                    .isEqualTo("for=127.0.0.1;host=\"localhost:"
                            + rig.gateway.address().getPort() + "\";proto=https");
            assertThat(seen.fields()).noneMatch(line -> line.startsWith("x-http2"));
        }
    }

    @Test
    void manyStreamsOfOneConnectionAreHeldToOneLimit() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.saying("ok");
                TestGateway rig = rig(upstream, "limits: [{name: quota, permits: 60, window: 60s}]\n");
                HttpClient client = client(HttpClient.Version.HTTP_2)) {
            client.send(get(rig), HttpResponse.BodyHandlers.ofString());
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 99; i++) {
                answers.add(client.sendAsync(get(rig), HttpResponse.BodyHandlers.ofString()));
            }
            assertThat(answers.stream().filter(each -> each.join().statusCode() == 200))
                    .hasSize(59);
            assertThat(answers.stream().filter(each -> each.join().statusCode() == 429))
                    .hasSize(40);
            assertThat(upstream.seen()).hasSize(60);
            TestGateway.until(() -> rig.gateway.open() == 0);
        }
    }

    @Test
    void aLargeBodyGoesThroughHttp2BothWays() throws Exception {
        byte[] body = new byte[5_000_000];
        new java.util.Random(7).nextBytes(body);
        try (FakeUpstream upstream = new FakeUpstream(wire -> {
                    byte[] sent = wire.request().has("Content-Length")
                            ? wire.in()
                                    .readNBytes(Integer.parseInt(wire.request().field("Content-Length")))
                            : new byte[0];
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + sent.length + "\r\n\r\n");
                    wire.out().write(sent);
                    wire.out().flush();
                });
                TestGateway rig = rig(upstream, "limits: []\n");
                HttpClient client = client(HttpClient.Version.HTTP_2)) {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(uri(rig))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.body()).isEqualTo(body);
        }
    }

    @Test
    void anHttp2RequestThatIsRefusedDoesNotWaitForItsBody() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.saying("ok");
                TestGateway rig = rig(upstream, "sizes: {body: 10B}\nlimits: []\n");
                HttpClient client = client(HttpClient.Version.HTTP_2)) {
            HttpResponse<String> answer = client.send(post(rig, "x".repeat(11)), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(client.send(post(rig, "x"), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void anUpstreamThatBreaksOffResetsTheStream() throws Exception {
        try (FakeUpstream upstream = new FakeUpstream(wire -> {
                    wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                    wire.reset();
                });
                TestGateway rig = rig(upstream, "limits: []\n");
                HttpClient client = client(HttpClient.Version.HTTP_2)) {
            assertThatThrownBy(() -> client.send(get(rig), HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(java.io.IOException.class);
            upstream.becomes(wire -> wire.answer(200, "ok"));
            assertThat(client.send(get(rig), HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("ok");
        }
    }

    @Test
    void speaksHttp11OverTlsToo() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.saying("ok");
                TestGateway rig = rig(upstream, "limits: []\n");
                HttpClient client = client(HttpClient.Version.HTTP_1_1)) {
            HttpResponse<String> answer = client.send(get(rig), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(answer.body()).isEqualTo("ok");
        }
    }

    @Test
    void verifiesTheUpstreamsCertificateAndName() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = bundle.toKeyManagerFactory();
        context.init(keys.getKeyManagers(), null, null);
        try (SSLServerSocket secure =
                        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
                FakeUpstream upstream = FakeUpstream.on(secure, wire -> wire.answer(200, "secret"))) {
            String local = "upstream: https://localhost:" + upstream.port() + "\nlimits: []\n";
            assertThat(through(upstream, local)).isEqualTo(502);
            assertThat(through(upstream, local + "upstream_tls: {trust: cert.pem}\n"))
                    .isEqualTo(200);
            assertThat(through(
                            upstream,
                            "upstream: https://127.0.0.1:" + upstream.port()
                                    + "\nlimits: []\nupstream_tls: {trust: cert.pem}\n"))
                    .as("the certificate is for another name")
                    .isEqualTo(502);
            assertThat(through(upstream, local + "upstream_tls: {verify: false}\n"))
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesFilesThatAreNoCertificate() throws Exception {
        Files.writeString(folder.resolve("cert.pem"), "nonsense");
        try (FakeUpstream upstream = FakeUpstream.saying("")) {
            assertThatThrownBy(() -> rig(upstream, "limits: []\n"))
                    .isInstanceOf(InvalidConfiguration.class)
                    .hasMessageContaining("are not a certificate chain and its private key in PEM");
        }
    }

    private int through(FakeUpstream upstream, String yaml) throws Exception {
        try (TestGateway rig = TestGateway.before(upstream, folder, yaml);
                HttpTestClient client = rig.client()) {
            return client.get("/").status();
        }
    }

    private TestGateway rig(FakeUpstream upstream, String yaml) throws Exception {
        return TestGateway.start(upstream, folder, "tls: {certificate: cert.pem, key: key.pem}\n" + yaml);
    }

    private HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().sslContext(trusting).version(version).build();
    }

    private static HttpRequest post(TestGateway rig, String body) {
        return HttpRequest.newBuilder(uri(rig))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static HttpRequest get(TestGateway rig) {
        return HttpRequest.newBuilder(uri(rig)).build();
    }

    private static URI uri(TestGateway rig) {
        return URI.create("https://localhost:" + rig.gateway.address().getPort() + "/v1");
    }
}
