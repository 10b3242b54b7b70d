package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.Machine;
import dev.tactus.console.servers.CommandAnswers;
import dev.tactus.database.DatabaseLock;
import dev.tactus.digest.Sha256;
import dev.tactus.ledger.Ledger;
import dev.tactus.serve.ServeSettings;
import dev.tactus.serve.Site;
import dev.tactus.serve.signin.Person;
import dev.tactus.serve.signin.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The page and its API over the program's own commands.
class ServeCommandTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    Path folder;

    /// Every list of the API answers what the document says of it, beside a command that works on the ledger.
    @Test
    void answersAreAsTheDocumentSaysBesideACommandThatIsAtWork() throws Exception {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(5, "limits: []\n"), "")) {
            assertThat(setup.run("sync", "--day", SimulatedSetup.DAY.toString()).exit())
                    .isZero();
            Path report = Files.writeString(folder.resolve("report.tsv"), """
                Spotify report
                month\t2026-10
                Country\tLabel\tProduct\tURI\tUPC\tEAN\tISRC\tTrack name\tArtist name\tComposer name\tAlbum name\tQuantity\tUSD Payable
                DE\tL\tPremium\t\t\t\tGBNTT0565368\t<script>One</script>\tA\t\t\t12\t0.04
                """);
            assertThat(setup.run("reports", "import", report.toString()).exit()).isZero();
            try (Site site = site(folder.resolve("tactus.yaml"));
                    Ledger ledger = Ledger.open(folder.resolve("ledger.db"), InstantSource.system());
                    DatabaseLock _ = ledger.lock("a test")) {
                valid(site);
                assertThat(page(site, "/unmatched").body())
                        .contains("&lt;script&gt;One&lt;/script&gt;")
                        .doesNotContain("<script>One");
                assertThat(page(site, "/api/v1/runs?state=finished").body()).contains("\"total\":1");
            }
        }
    }

    /// A statement is dropped, a title matched, and a month closed by two people, all on the page.
    @Test
    void aMonthIsClosedByTwoPeople() throws IOException {
        ConfiguredFolder settled =
                ConfiguredFolder.in(folder, URI.create("http://127.0.0.1:9"), ConfiguredFolder.CATALOG);
        Files.writeString(
                settled.config(),
                ConfiguredFolder.yaml(URI.create("http://127.0.0.1:9"), "reconcile: {second_person: required}\n"));
        String report = """
            Spotify report
            month\t2026-10
            Country\tLabel\tProduct\tURI\tUPC\tEAN\tISRC\tTrack name\tArtist name\tComposer name\tAlbum name\tQuantity\tUSD Payable
            DE\tL\tPremium\t\t\t\tGBNTT0565368\tOne\tA\t\t\t12\t0.04
            """;
        assertThat(CommandResult.of(
                                "reports",
                                "import",
                                Files.writeString(folder.resolve("report.tsv"), report)
                                        .toString(),
                                "--config",
                                settled.config().toString())
                        .exit())
                .isZero();
        try (Site site = site(
                settled.config(),
                new Person("Ada", Sha256.of("a").hex(), Role.CLOSE),
                new Person("Grace", Sha256.of("g").hex(), Role.CLOSE))) {
            assertThat(post(site, "a", "/do/reconcile", "period=2026-10").status())
                    .isEqualTo(200);
            Page prepared = post(site, "a", "/do/close", "period=2026-10&accept=only+reports");
            assertThat(prepared.body()).contains("prepared").doesNotContain("close_id");

            assertThat(post(site, "a", "/do/approve-close", "period=2026-10").body())
                    .as("nobody approves what they have prepared")
                    .contains("not_approved");
            assertThat(post(site, "g", "/do/approve-close", "period=2026-10").body())
                    .contains("closed");
        }
        assertThat(CommandResult.of(
                                "periods", "list", "--config", settled.config().toString())
                        .out())
                .containsPattern("2026-10 +yes");
    }

    private static Page post(Site site, String token, String path, String form) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + site.address().getPort() + path)
                        .toURL()
                        .openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        connection.getOutputStream().write(form.getBytes(StandardCharsets.UTF_8));
        return read(connection);
    }

    @Test
    void nobodyElsesMachineMayLookWherePeopleAreNotNamed() throws IOException {
        ConfiguredFolder.in(folder, URI.create("http://127.0.0.1:9"), ConfiguredFolder.CATALOG);
        CommandResult result = CommandResult.of(
                "serve",
                "--host",
                "0.0.0.0",
                "--config",
                folder.resolve("tactus.yaml").toString());

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("without people who sign in only this machine may look");
    }

    private static void valid(Site site) throws IOException {
        JsonNode document = MAPPER.readTree(page(site, "/api/openapi.json").body());
        int answered = 0;
        for (String path : document.path("paths").propertyNames()) {
            if (path.contains("{") || path.endsWith("/events") || path.endsWith("/variances")) {
                continue;
            }
            Page page = page(site, path + "?size=5");
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            ObjectNode schema = MAPPER.createObjectNode();
            schema.setAll((ObjectNode)
                    document.path("paths").path(path).at("/get/responses/200/content/application~1json/schema"));
            schema.set("components", document.path("components"));
            Schema contract = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema);
            assertThat(contract.validate(MAPPER.readTree(page.body()))).as(path).isEmpty();
            answered++;
        }
        assertThat(answered).isGreaterThan(7);
    }

    private record Page(int status, String body) {}

    private static Site site(Path config, Person... people) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        CommandAnswers commands =
                new CommandAnswers(Tactus::run, new Console(nowhere, nowhere, _ -> null, Machine.real(), 0), config);
        return Site.start(
                new ServeSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of(),
                        List.of(),
                        "test",
                        List.of(people),
                        List.of(),
                        List.of(),
                        config.resolveSibling("site")),
                commands,
                InstantSource.system());
    }

    private static Page page(Site site, String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + site.address().getPort() + path)
                        .toURL()
                        .openConnection();
        return read(connection);
    }

    private static Page read(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Page(status, new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
