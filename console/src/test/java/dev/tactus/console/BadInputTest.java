package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tactus.ledger.Ledger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bad input and bad surroundings: one clear message each, the right exit code, nothing touched.
class BadInputTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    @AutoClose
    private final Socket nobody = new Socket();

    @TempDir
    Path folder;

    @Test
    void anUnknownKey() throws IOException {
        refused(
                2,
                "did you mean \"catalog\"?",
                ConfiguredFolder.yaml(NOWHERE, "").replace("catalog:", "catalogue:"));
    }

    @Test
    void aMissingVariable() throws IOException {
        refused(
                2,
                "the variable TACTUS_TEST_UNSET is not set",
                ConfiguredFolder.yaml(NOWHERE, "").replace("client_id: test", "client_id: ${TACTUS_TEST_UNSET}"));
    }

    @Test
    void brokenYaml() throws IOException {
        refused(2, "tactus.yaml:2", "version: [1\ncatalog: x\n");
    }

    @Test
    void noConfigurationAtAll() {
        CommandResult sync =
                CommandResult.of("sync", "--config", folder.resolve("none.yaml").toString());

        assertThat(sync.exit()).isEqualTo(2);
        assertOneMessage(sync, "none.yaml");
    }

    @Test
    void aCatalogThatIsNotThere() throws IOException {
        ConfiguredFolder settled = ConfiguredFolder.in(folder, NOWHERE, "");
        Files.delete(folder.resolve("catalog.csv"));

        refused(settled, 2, "catalog.csv");
    }

    @Test
    void aCatalogWithoutAnyValidIsrc() throws IOException {
        refused(ConfiguredFolder.in(folder, NOWHERE, "isrc,title\nnone,One\n12,Two\n"), 2, "ISRC");
    }

    @Test
    void binaryJunkForACatalog() throws IOException {
        ConfiguredFolder settled = ConfiguredFolder.in(folder, NOWHERE, "");
        byte[] junk = new byte[10_000];
        new Random(7).nextBytes(junk);
        Files.write(folder.resolve("catalog.csv"), junk);

        refused(settled, 2, "catalog.csv");
    }

    @Test
    void aLedgerFromANewerVersion() throws Exception {
        ConfiguredFolder settled = ConfiguredFolder.in(folder, NOWHERE, ConfiguredFolder.CATALOG);
        makeLedgerOfVersion(9999);
        byte[] before = Files.readAllBytes(folder.resolve("ledger.db"));

        CommandResult sync = sync(settled);

        assertThat(sync.exit()).isEqualTo(2);
        assertOneMessage(sync, "version 9999");
        assertThat(Files.readAllBytes(folder.resolve("ledger.db"))).isEqualTo(before);
    }

    @Test
    void aLedgerThatIsSomethingElse() throws IOException {
        ConfiguredFolder settled = ConfiguredFolder.in(folder, NOWHERE, ConfiguredFolder.CATALOG);
        Files.writeString(folder.resolve("ledger.db"), "my diary\n".repeat(1000));

        CommandResult sync = sync(settled);

        assertThat(sync.exit()).isEqualTo(2);
        assertOneMessage(sync, "is not a Tactus ledger");
    }

    @Test
    void aFolderThatCannotBeMade() throws IOException {
        ConfiguredFolder settled = ConfiguredFolder.in(folder, NOWHERE, ConfiguredFolder.CATALOG);
        Files.writeString(folder.resolve("file"), "");
        Files.writeString(
                settled.config(), Files.readString(settled.config()).replace("./ledger.db", "file/ledger.db"));

        CommandResult sync = sync(settled);

        assertThat(sync.exit()).isEqualTo(1);
        assertOneMessage(sync, "ledger");
    }

    @Test
    void aServerThatIsNotThere() throws IOException {
        ConfiguredFolder settled = ConfiguredFolder.in(folder, closedPort(), ConfiguredFolder.CATALOG);

        CommandResult sync = sync(settled);

        assertThat(sync.exit()).isEqualTo(1);
        assertOneMessage(sync, "nothing responds");
    }

    @Test
    void wrongCredentials() throws IOException {
        try (Answering server = new Answering(400, "application/json", "{\"error\":\"invalid_client\"}")) {
            ConfiguredFolder settled = ConfiguredFolder.in(folder, server.address(), ConfiguredFolder.CATALOG);
            CommandResult check =
                    CommandResult.of("check", "--config", settled.config().toString());

            assertThat(check.exit()).isEqualTo(1);
            assertThat(check.out()).contains("NOT OK  source simulated: " + server.address());

            CommandResult sync = sync(settled);

            assertThat(sync.exit()).isEqualTo(1);
            assertOneMessage(sync, "client_id");
        }
    }

    @Test
    void somethingThatIsNoApi() throws IOException {
        try (Answering server = new Answering(200, "text/html", "<html><body>Welcome to the hotel</body></html>")) {
            CommandResult sync = sync(ConfiguredFolder.in(folder, server.address(), ConfiguredFolder.CATALOG));

            assertThat(sync.exit()).isEqualTo(1);
            assertThat(sync.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void aQueryThatIsNone() throws IOException {
        ConfiguredFolder settled = ConfiguredFolder.in(folder, NOWHERE, ConfiguredFolder.CATALOG);
        Files.createDirectories(folder.resolve("lake"));

        CommandResult query =
                CommandResult.of("query", "--config", settled.config().toString(), "DROP TABLE tracks");

        assertThat(query.exit()).isEqualTo(2);
        assertThat(query.out()).isEmpty();
    }

    @Test
    void wordsThatAreNoCommand() {
        CommandResult typed = CommandResult.of("synk");

        assertThat(typed.exit()).isEqualTo(2);
        assertOneMessage(typed, "did you mean sync?");
    }

    @Test
    void optionsThatDoNotGoTogether() {
        CommandResult typed = CommandResult.of("sync", "--day", "2026-01-01", "--from", "2026-01-01");

        assertThat(typed.exit()).isEqualTo(2);
        assertOneMessage(typed, "use either --day, or --from and --to");
    }

    @Test
    void aRefusalIsAnObjectForPrograms() throws IOException {
        Files.writeString(folder.resolve("tactus.yaml"), "version: 2\n");

        CommandResult sync = CommandResult.of(
                "sync", "--json", "--config", folder.resolve("tactus.yaml").toString());

        assertThat(sync.exit()).isEqualTo(2);
        assertThat(sync.out())
                .startsWith("{\"command\":\"sync\",\"ok\":false,\"exit\":2,\"error\":")
                .hasLineCount(1);
    }

    private void refused(int exit, String says, String yaml) throws IOException {
        ConfiguredFolder settled = ConfiguredFolder.in(folder, NOWHERE, ConfiguredFolder.CATALOG);
        Files.writeString(settled.config(), yaml);
        refused(settled, exit, says);
    }

    private void refused(ConfiguredFolder settled, int exit, String says) throws IOException {
        List<String> before = names();

        CommandResult sync = sync(settled);

        assertThat(sync.exit()).isEqualTo(exit);
        assertOneMessage(sync, says);
        assertThat(names()).as("nothing touched").isEqualTo(before);
    }

    private static void assertOneMessage(CommandResult typed, String says) {
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).contains(says).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(typed.err().lines().filter(line -> line.startsWith("tactus: ")))
                .hasSize(1);
    }

    private static CommandResult sync(ConfiguredFolder settled) {
        return CommandResult.of("sync", "--config", settled.config().toString());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void makeLedgerOfVersion(int version) throws SQLException {
        Ledger.open(folder.resolve("ledger.db"), InstantSource.system()).close();
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = sqlite.createStatement()) {
            statement.execute("PRAGMA user_version = " + version);
        }
    }

    /// Nobody listens there, and nobody else can get the port meanwhile.
    private URI closedPort() throws IOException {
        nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return URI.create("http://127.0.0.1:" + nobody.getLocalPort());
    }

    /// A server with one answer to everything.
    private record Answering(HttpServer server) implements AutoCloseable {
        Answering(int status, String type, String body) throws IOException {
            this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            server.createContext("/", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", type);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
