package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.digest.Sha256;
import dev.tactus.settings.InvalidConfiguration;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates on both sides of a connection: clients show theirs to the gateway, and the gateway its own to the
/// upstream.
class MutualTlsTest {
    private static final String TLS = "tls: {certificate: cert.pem, key: key.pem, clients: clients.pem}\n";

    private final X509Bundle server = signed("localhost", Optional.empty());
    private final X509Bundle authority = signed("Authority", Optional.empty());
    private final X509Bundle radio = signed("radio", Optional.of(authority));
    private final X509Bundle tv = signed("tv", Optional.of(authority));
    private final X509Bundle stranger = signed("radio", Optional.of(signed("Another", Optional.empty())));

    @TempDir
    Path folder;

    private static X509Bundle signed(String name, Optional<X509Bundle> by) {
        try {
            CertificateBuilder builder =
                    new CertificateBuilder().subject("CN=" + name).addSanDnsName(name);
            return by.isPresent()
                    ? builder.buildIssuedBy(by.get())
                    : builder.setIsCertificateAuthority(true).buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("cert.pem"), server.getCertificatePathPEM());
        Files.writeString(folder.resolve("key.pem"), server.getPrivateKeyPEM());
        Files.writeString(folder.resolve("clients.pem"), authority.getCertificatePathPEM());
        Files.writeString(folder.resolve("ours.pem"), radio.getCertificatePathPEM());
        Files.writeString(folder.resolve("ours.key"), radio.getPrivateKeyPEM());
    }

    @Test
    void anApplicationIsKnownByTheCertificateThatItShows() throws Exception {
        String yaml = TLS + "identify: {certificate: true}\nlimits: [{name: quota, permits: 2, window: 60s}]\n"
                + "applications: [{id: radio, key_sha256: [\""
                + Sha256.of(radio.getCertificate().getEncoded()).hex() + "\"]}]\n";
        try (FakeUpstream upstream = FakeUpstream.saying("ok");
                TestGateway rig = TestGateway.start(upstream, folder, yaml)) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                if (version.compareTo(HttpClient.Version.HTTP_2) <= 0) {
                    assertThat(status(rig, Optional.of(radio), version)).isEqualTo(200);
                }
            }
            assertThat(status(rig, Optional.of(radio), HttpClient.Version.HTTP_2))
                    .as("one quota, whatever the protocol")
                    .isEqualTo(429);
            assertThat(status(rig, Optional.of(tv), HttpClient.Version.HTTP_2))
                    .as("trusted, and no application")
                    .isEqualTo(401);
        }
    }

    @Test
    void whoShowsNoneOrAnotherAuthoritysIsNotLetIn() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.saying("ok");
                TestGateway rig = TestGateway.start(upstream, folder, TLS + "limits: []\n")) {
            assertThat(status(rig, Optional.of(tv), HttpClient.Version.HTTP_1_1))
                    .isEqualTo(200);
            assertThatThrownBy(() -> status(rig, Optional.empty(), HttpClient.Version.HTTP_1_1))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> status(rig, Optional.of(stranger), HttpClient.Version.HTTP_1_1))
                    .isInstanceOf(IOException.class);
            assertThat(upstream.seen()).hasSize(1);
        }
    }

    @Test
    void theGatewayShowsItsOwnToTheUpstream() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                server.toKeyManagerFactory().getKeyManagers(),
                authority.toTrustManagerFactory().getTrustManagers(),
                null);
        try (SSLServerSocket secure =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0)) {
            secure.setNeedClientAuth(true);
            try (FakeUpstream upstream = FakeUpstream.on(secure, wire -> wire.answer(200, "secret"))) {
                String yaml = "upstream: https://localhost:" + upstream.port() + "\nlimits: []\n";
                assertThat(through(upstream, yaml + "upstream_tls: {trust: cert.pem}\n"))
                        .isEqualTo(502);
                assertThat(through(
                                upstream,
                                yaml + "upstream_tls: {trust: cert.pem, certificate: ours.pem, key: ours.key}\n"))
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void whatCanNotWorkIsRefused() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.saying("")) {
            assertThatThrownBy(() -> TestGateway.start(
                            upstream,
                            folder,
                            "tls: {certificate: cert.pem, key: key.pem}\nidentify: {certificate: true}\nlimits: []\n"))
                    .isInstanceOf(InvalidConfiguration.class)
                    .hasMessageContaining(
                            "identify.certificate: clients show a certificate only where tls: {clients: FILE} asks");
            Files.writeString(folder.resolve("clients.pem"), "nonsense");
            assertThatThrownBy(() -> TestGateway.start(upstream, folder, TLS + "limits: []\n"))
                    .isInstanceOf(InvalidConfiguration.class)
                    .hasMessageContaining("holds no certificates in PEM");
        }
    }

    private int through(FakeUpstream upstream, String yaml) throws Exception {
        try (TestGateway rig = TestGateway.before(upstream, folder, yaml);
                HttpTestClient client = rig.client()) {
            return client.get("/").status();
        }
    }

    private int status(TestGateway rig, Optional<X509Bundle> shown, HttpClient.Version version) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys =
                shown.isPresent() ? shown.get().toKeyManagerFactory().getKeyManagers() : new KeyManager[0];
        context.init(keys, server.toTrustManagerFactory().getTrustManagers(), null);
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(context).version(version).build()) {
            URI uri = URI.create("https://localhost:" + rig.gateway.address().getPort() + "/v1");
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }
}
