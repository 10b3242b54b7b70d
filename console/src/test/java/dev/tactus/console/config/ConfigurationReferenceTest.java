package dev.tactus.console.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.config.GatewaySettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/configuration.md has every key that the readers know, with what they accept and what holds without it.
///
/// A new key gets a line in `tactus-reference.yaml` or `gateway-reference.yaml`; then run this test once with
/// `-Dtactus.reference=write`, which writes the page.
class ConfigurationReferenceTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");

    @TempDir
    private static Path folder;

    private static KeyReference tactus;
    private static KeyReference gateway;

    @BeforeAll
    static void readTheSamples() throws Exception {
        for (String name : List.of("client.secret", "certificate.pem", "key.pem", "jwks.json")) {
            Files.writeString(folder.resolve(name), "{\"keys\":[]}");
        }
        Files.writeString(folder.resolve("applications.jsonl"), "{\"id\":\"many\",\"key_sha256\":[]}\n");
        Files.writeString(folder.resolve("contact.secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=");
        Files.writeString(folder.resolve("ca.pem"), anyCertificate());
        Files.writeString(
                folder.resolve("mine.yaml"),
                "profile: 1\nextends: deezer\nauth: {kind: api_key, query: key}\nparameters: {storefront: us}\n");
        tactus = new KeyReference(sample("tactus-reference.yaml"), ConfigurationReferenceTest::tactus);
        gateway = new KeyReference(
                sample("gateway-reference.yaml"),
                yaml -> shown(GatewaySettings.read(file("gateway.yaml", yaml), ConfigurationReferenceTest::variable)));
    }

    @Test
    void everyKeyOfTheReadersIsDescribed() {
        assertThat(tactus.undescribed()).isEmpty();
        assertThat(gateway.undescribed()).isEmpty();
    }

    @Test
    void withoutAKeyItsDefaultHolds() {
        assertThat(tactus.wrongDefaults()).isEmpty();
        assertThat(gateway.wrongDefaults()).isEmpty();
    }

    @Test
    void thePageSaysWhatTheReadersAccept() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("tactus.reference"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }

    private static String page() {
        return """
            # Every key of the configuration

            This page is generated from what the readers accept; a test holds it.
            A key that is not known, and a value of another form, is refused with file, line, key and what would be right.
            `${NAME}` is replaced by a variable of the environment, and `$${` stands for `${`.
            Paths are relative to the file that names them.

            ## `tactus.yaml`

            %s

            ## `gateway.yaml`

            %s
            """.formatted(table(tactus), table(gateway));
    }

    private static String table(KeyReference reference) {
        return "| key | accepts | default | meaning |\n| --- | --- | --- | --- |\n"
                + reference.keys().stream().map(KeyReference.Key::row).collect(Collectors.joining("\n"));
    }

    /// Everything that is read, what is left for later included.
    private static String tactus(String yaml) {
        Configuration read = Configuration.read(file("tactus.yaml", yaml), ConfigurationReferenceTest::variable);
        List<?> sources = read.sources().values().stream()
                .map(SourceConfiguration::settings)
                .toList();
        List<String> told = read.serve().receivers().get().stream()
                .map(receiver -> receiver + " " + receiver.types() + " " + receiver.chat())
                .toList();
        return shown(List.of(read, read.alerts().get(), read.lineage().get(), told, sources));
    }

    private static String variable(@Nullable String name) {
        return "value-of-" + name;
    }

    /// Without what differs from one object to the next, and without zeros at the end of a fraction.
    private static String shown(Object read) {
        return read.toString().replaceAll("@[0-9a-f]+", "").replaceAll("(\\.\\d*?)0+\\b", "$1");
    }

    private static Path file(String name, String yaml) {
        try {
            return Files.writeString(folder.resolve(name), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sample(String name) {
        try (InputStream sample =
                Objects.requireNonNull(ConfigurationReferenceTest.class.getResourceAsStream(name), name)) {
            return new String(sample.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String anyCertificate() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        X509Certificate certificate = Arrays.stream(trust.getTrustManagers())
                .map(X509TrustManager.class::cast)
                .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
                .findFirst()
                .orElseThrow();
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
