package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.servers.TestPostgres;
import dev.tactus.servers.TestSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The command line with a ledger on a real PostgreSQL server.
class PostgresLedgerTest {
    private static final String FAULTS = "recordings: [{fault: failing_territories, share: 20%, territories: 20%},"
            + " {fault: other_recording, share: 20%}]";
    private static final String TOLERANT = "tolerance: {dead_letters: 100%, awaiting_report: 100%}\n";
    private static final String STATEMENT =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,"
                    + "Songwriter Royalties Withheld,Earnings (USD)\n"
                    + "2026-12-15,2026-03,Spotify,Ada,One,GBNTT0565368,,10,100,Song,US,0,10.5\n";

    private final List<TestSchema> schemas = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void needServer() {
        assumeTrue(TestPostgres.shared().isPresent(), TestPostgres.MISSING);
    }

    @AfterEach
    void dropSchemas() {
        schemas.forEach(TestSchema::close);
    }

    @Test
    void aRunIsSyncedImportedReconciledClosedAuditedAndBackedUp() throws Exception {
        String url = url();
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(40, FAULTS), TOLERANT)) {
            ledger(setup, url);
            assertThat(run(setup, 0, "check").out())
                    .contains(url + " (PostgreSQL 1", "user tactus) does not exist yet, the first sync creates it");
            assertThat(run(setup, 0, "plan", "--day", "2026-03-14", "--json")
                            .json()
                            .path("items")
                            .asInt())
                    .isPositive();
            JsonNode synced = CommandResult.of(setup.sync("--json")).json();
            assertThat(synced.path("accounted").asBoolean()).isTrue();
            assertThat(synced.path("dead_lettered").asInt()).isPositive();
            assertThat(folder.resolve("ledger.db")).doesNotExist();
            assertThat(run(setup, 0, "check").out()).contains("1 run").contains("all of them are finished");

            Path statement = Files.writeString(folder.resolve("statement.csv"), STATEMENT);
            run(setup, 0, "reports", "import", statement.toString());
            assertThat(run(setup, 0, "reports", "import", statement.toString()).out())
                    .contains("the same content was imported");
            String letter = run(setup, 0, "dead-letters", "list", "--json")
                    .json()
                    .path("dead_letters")
                    .path(0)
                    .path("id")
                    .asString();
            assertThat(run(setup, 0, "dead-letters", "show", letter).out()).contains(letter);
            run(setup, 0, "dead-letters", "dismiss", letter, "--by", "Ada", "--reason", "withdrawn");
            assertThat(run(setup, 0, "runs", "list").out())
                    .contains(synced.path("run_id").asString());
            run(setup, 0, "runs", "show", synced.path("run_id").asString());
            run(setup, 0, "limits", "list");
            run(setup, 0, "today");
            run(setup, 0, "reconcile", "--period", "2026-03");
            run(setup, 0, "close", "--period", "2026-03", "--by", "Ada", "--accept", "a rehearsal");
            assertThat(run(setup, 0, "audit", "--period", "2026-03").out()).contains("adds up");
            assertThat(run(setup, 0, "audit").out()).contains("PostgreSQL has read all of it and finds it sound");

            Path backup = folder.resolve("backup");
            run(setup, 0, "backup", backup.toString());
            Map<String, List<String>> backedUp = LedgerContent.of(backup.resolve("ledger.db"));
            assertThat(backedUp.get("period_record")).hasSize(1);
            assertThat(run(setup, 2, "restore", backup.toString(), "--replace").err())
                    .contains("is not empty, and nothing on a server is replaced");

            ledger(setup, url());
            run(setup, 0, "restore", backup.toString(), "--replace");
            run(setup, 0, "audit");
            assertThat(run(setup, 0, "runs", "list").out())
                    .contains(synced.path("run_id").asString());

            assertThat(run(setup, 2, "ledger", "rebuild").err()).contains("is not empty");
            ledger(setup, url());
            CommandResult rebuilt = run(setup, 0, "ledger", "rebuild", "--json");
            assertThat(rebuilt.json().path("lost")).isEmpty();
            run(setup, 0, "audit");
            run(setup, 0, "reopen", "--period", "2026-03", "--by", "Ada", "--reason", "it was a rehearsal");
            assertThat(CommandResult.of(setup.sync("--new-run", "--json"))
                            .json()
                            .path("accounted")
                            .asBoolean())
                    .isTrue();
            run(setup, 0, "audit");
        }
    }

    @Test
    void aLedgerInAFileMovesToAServer() throws IOException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(40, FAULTS), TOLERANT)) {
            assertThat(CommandResult.of(setup.sync()).exit()).isZero();
            String runs = run(setup, 0, "runs", "list").out();
            Path file = folder.resolve("ledger.db");
            assertThat(run(setup, 2, "ledger", "copy", file.toString()).err()).contains("which is a file");
            String url = url();
            ledger(setup, url);

            CommandResult copied = run(setup, 0, "ledger", "copy", file.toString(), "--json");

            assertThat(copied.json().path("tables").path("recording").asInt()).isEqualTo(40);
            assertThat(run(setup, 0, "runs", "list").out()).isEqualTo(runs);
            run(setup, 0, "audit");
            assertThat(run(setup, 2, "ledger", "copy", file.toString()).err()).contains("is not empty");
            assertThat(CommandResult.of(setup.sync("--new-run", "--json"))
                            .json()
                            .path("accounted")
                            .asBoolean())
                    .isTrue();
            run(setup, 0, "audit");
            Files.writeString(
                    setup.settled().config(),
                    Files.readString(setup.settled().config()).replace(url, "./ledger.db"));
            assertThat(run(setup, 2, "audit").err())
                    .as("the file of before is out of date, and that shows")
                    .contains("older");
        }
    }

    @Tag("slow")
    @Test
    void aKilledSyncGoesOnWhereItStood() throws Exception {
        String slow = "limits: [{scope: token, limit: 40/1s}]\n";
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(120, slow), "")) {
            ledger(setup, url());
            TactusProcess killed = TactusProcess.ofTests(folder, setup.sync());
            killed.awaitThat(setup.staging());
            killed.kill();

            CommandResult resumed = CommandResult.of(setup.sync("--json"));

            assertThat(resumed.exit()).as(resumed.err()).isZero();
            assertThat(resumed.json().path("accounted").asBoolean()).isTrue();
            assertThat(run(setup, 0, "runs", "list", "--json").json().path("runs"))
                    .hasSize(1);
            setup.assertLakeIsComplete();
            run(setup, 0, "audit");
        }
    }

    @Tag("slow")
    @Test
    void aSyncWhoseServerIsRestartedUnderItGoesOnWhenItIsRunAgain() throws Exception {
        String slow = "limits: [{scope: token, limit: 40/1s}]\n";
        try (TestPostgres own =
                        TestPostgres.start().filter(TestPostgres::isOurs).orElse(null);
                SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(120, slow), "")) {
            assumeTrue(own != null, "the server that is named is not ours to restart");
            try (TestSchema place = own.schema()) {
                ledger(setup, place.url());
                TactusProcess sync = TactusProcess.ofTests(folder, setup.sync());
                sync.awaitThat(setup.staging());
                own.restart();
                CommandResult cut = sync.await(Duration.ofMinutes(2));
                assertThat(cut.exit()).as(cut.err()).isEqualTo(1);
                assertThat(cut.err()).contains("can't be reached", "the same command continues from there");

                CommandResult resumed = CommandResult.of(setup.sync("--json"));

                assertThat(resumed.exit()).as(resumed.err()).isZero();
                assertThat(run(setup, 0, "runs", "list", "--json").json().path("runs"))
                        .hasSize(1);
                setup.assertLakeIsComplete();
                run(setup, 0, "audit");
            }
        }
    }

    @Test
    void aPageShowsWhatACommandHasJustWrittenToTheServer() throws Exception {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(5, "limits: []\n"), "")) {
            ledger(setup, url());
            TactusProcess serve = TactusProcess.ofTests(
                    folder,
                    "serve",
                    "--port",
                    "0",
                    "--config",
                    setup.settled().config().toString());
            try {
                Pattern address = Pattern.compile("(http://127[0-9.:]+/)");
                serve.awaitThat(() -> address.matcher(text(serve.out())).find());
                Matcher found = address.matcher(text(serve.out()));
                assertThat(found.find()).as(text(serve.err())).isTrue();
                URI runs = URI.create(found.group(1) + "api/v1/runs");
                assertThat(get(runs)).contains("\"total\":0");
                assertThat(CommandResult.of(setup.sync()).exit()).isZero();
                assertThat(get(runs)).contains("\"total\":1");
            } finally {
                serve.kill();
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String get(URI address) throws IOException {
        try (InputStream answer = address.toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void checkLooksAtEverythingElseWhereTheServerIsAway() throws IOException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(3, "limits: []"), "")) {
            ledger(setup, "jdbc:postgresql://127.0.0.1:1/tactus?user=tactus");
            CommandResult check = run(setup, 1, "check");
            assertThat(check.out())
                    .contains("NOT OK  ledger: ", "can't be reached", "ok      lake: ", "ok      source simulated: ");
            assertThat(check.err()).isEmpty();
        }
    }

    @Test
    void theUserAndThePasswordComeFromTheEnvironmentAndAreShownNowhere() throws IOException {
        TestSchema schema = schema();
        schema.execute(
                "DROP ROLE IF EXISTS tactus_reader",
                "CREATE ROLE tactus_reader LOGIN PASSWORD 'hunter2'",
                "GRANT USAGE ON SCHEMA " + schema.name() + " TO tactus_reader");
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(3, "limits: []"), "")) {
            ledger(setup, schema.url().replace("user=tactus&", ""));
            CommandResult refused = CommandResult.of(
                    Map.of("PGUSER", "tactus_reader", "PGPASSWORD", "hunter2"),
                    "check",
                    "--config",
                    setup.settled().config().toString());
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.out()).contains("the user tactus_reader may make no tables in the schema");
            assertThat(refused.out() + refused.err()).doesNotContain("hunter2");
        } finally {
            schema.execute("DROP OWNED BY tactus_reader", "DROP ROLE tactus_reader");
        }
    }

    private TestSchema schema() {
        TestSchema schema = TestPostgres.shared().orElseThrow().schema();
        schemas.add(schema);
        return schema;
    }

    private String url() {
        return schema().url();
    }

    /// Names another ledger in the configuration.
    private static void ledger(SimulatedSetup setup, String url) throws IOException {
        Path config = setup.settled().config();
        List<String> lines = new ArrayList<>(Files.readAllLines(config));
        Collections.replaceAll(
                lines,
                lines.stream()
                        .filter(line -> line.startsWith("ledger:"))
                        .findFirst()
                        .orElseThrow(),
                "ledger: " + url);
        Files.write(config, lines);
    }

    private static CommandResult run(SimulatedSetup setup, int exit, String... args) {
        CommandResult ended = setup.run(args);
        assertThat(ended.exit())
                .as(String.join(" ", args) + ": " + ended.out() + ended.err())
                .isEqualTo(exit);
        return ended;
    }
}
