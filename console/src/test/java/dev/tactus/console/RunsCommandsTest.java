package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.output.ExitCode;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.runs.Run;
import dev.tactus.music.Dataset;
import dev.tactus.simulator.Simulator;
import dev.tactus.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The commands that keep a day from being lost, in this JVM.
class RunsCommandsTest {
    private static final String WRONG_STREAMS = """
            recordings: [{fault: wrong_type, field: streams, path: /v1/streams, share: 30%}]
            """;

    @TempDir
    Path folder;

    @Test
    void aRetryCostsOnlyWhatIsMissingAndDeadLettersCanBeDismissed() throws IOException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(20, WRONG_STREAMS), "")) {
            JsonNode first = CommandResult.of(setup.sync("--json")).json();
            long letters = first.path("dead_lettered").asLong();
            assertThat(letters).isPositive();
            assertThat(first.path("runs").size()).isEqualTo(1);

            JsonNode alert =
                    setup.run("runs", "alerts", "--json").json().path("alerts").path(0);
            assertThat(alert.path("run_id").asString())
                    .isEqualTo(first.path("runs").path(0).path("run_id").asString());
            assertThat(alert.path("receivers").asInt())
                    .as("nobody asked for alerts")
                    .isZero();
            assertThat(setup.run("runs", "alerts").out())
                    .contains("dead_letter", "0 of 0", letters + " items of simulated became dead letters");

            JsonNode second = CommandResult.of(setup.sync("--json")).json();

            assertThat(second.path("planned").asLong()).isEqualTo(60);
            assertThat(second.path("not_due").asLong()).isEqualTo(60 - letters);
            assertThat(second.path("dead_lettered").asLong()).isEqualTo(letters);
            assertThat(second.path("accounted").asBoolean()).isTrue();
            assertThat(second.path("requests").asLong()).isLessThanOrEqualTo(letters);

            JsonNode open = setup.run("dead-letters", "list", "--json").json();
            assertThat(open.path("open").asLong())
                    .as("those of the first run are closed")
                    .isEqualTo(letters);
            String id = open.path("dead_letters").path(0).path("id").asString();
            assertThat(setup.run("dead-letters", "dismiss", id, "--by", "Ada", "--reason", "withdrawn")
                            .exit())
                    .isEqualTo(ExitCode.DONE);
            CommandResult again = setup.run("dead-letters", "dismiss", id, "--by", "Ada", "--reason", "withdrawn");
            assertThat(again.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(again.err()).contains(id + " is dismissed");
            assertThat(setup.run("dead-letters", "show", id, "--json")
                            .json()
                            .path("dismissed_by")
                            .asString())
                    .isEqualTo("Ada");
            assertThat(setup.run("dead-letters", "list", "--json")
                            .json()
                            .path("open")
                            .asLong())
                    .isEqualTo(letters - 1);
        }
    }

    @Test
    void aBudgetOfADayIsKeptOverCommandsAndToldByThePlan() throws IOException {
        try (SimulatedSetup setup =
                SimulatedSetup.start(folder, SimulatorSettings.synthetic(20, 11), "    budget: {calls_per_day: 7}\n")) {
            assertThat(setup.run("plan", "--day", SimulatedSetup.DAY.toString()).out())
                    .contains("budget 7 calls a day, 0 made today: done within ");

            JsonNode first = CommandResult.of(setup.sync("--json")).json();
            assertThat(first.path("requests").asLong()).isEqualTo(7);
            assertThat(first.path("accounted").asBoolean()).isTrue();
            CommandResult second = CommandResult.of(setup.sync("--json"));
            assertThat(second.exit()).as("a budget is no incompleteness").isEqualTo(ExitCode.DONE);
            assertThat(setup.simulator().report().requests()).isEqualTo(7);

            assertThat(setup.run("plan", "--day", SimulatedSetup.DAY.toString()).out())
                    .contains("budget 7 calls a day, 7 made today: done within ");
        }
    }

    @Test
    void anUnfinishedRunIsToldOfUntilItIsResumedOrAbandoned() throws IOException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatorSettings.synthetic(5, 11), "")) {
            assertThat(CommandResult.of(setup.sync()).exit()).isEqualTo(ExitCode.DONE);
            assertThat(setup.run("check").exit()).isEqualTo(ExitCode.DONE);
            String lost = start(setup);
            String other = start(setup);

            CommandResult check = setup.run("check");
            assertThat(check.exit()).isEqualTo(ExitCode.INCOMPLETE);
            assertThat(check.out()).contains("NOT OK  runs: " + other).contains(lost);
            assertThat(setup.run("runs", "list").err()).contains("2 unfinished");

            assertThat(setup.run("runs", "abandon", lost, "--reason", "a rehearsal")
                            .exit())
                    .isEqualTo(ExitCode.DONE);
            assertThat(setup.run("runs", "abandon", lost, "--reason", "again").err())
                    .contains("is abandoned: there is nothing to abandon");
            CommandResult resumed = setup.run("runs", "resume", other, "--json");
            assertThat(resumed.exit()).as(resumed.err()).isEqualTo(ExitCode.DONE);
            assertThat(resumed.json().path("run_id").asString()).isEqualTo(other);
            assertThat(setup.run("runs", "resume", other).err()).contains("there is nothing to continue");
            assertThat(setup.run("runs", "resume", "none").err()).contains("there is no run none");
            assertThat(setup.run("check").exit()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void severalSourcesAreSyncedByOneCommandIntoOneLake() throws IOException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatorSettings.synthetic(6, 11), "");
                Simulator second = Simulator.start(SimulatorSettings.synthetic(6, 11))) {
            Files.writeString(
                    setup.settled().config(),
                    """

                      second:
                        profile: spotify-for-artists
                        base_url: %1$s
                        token_url: %1$s/api/token
                        client_id: test
                        client_secret: test
                    """.formatted(second.baseUri()).indent(0),
                    java.nio.file.StandardOpenOption.APPEND);

            CommandResult both = CommandResult.of(setup.sync("--json"));

            assertThat(both.exit()).as(both.err()).isEqualTo(ExitCode.DONE);
            assertThat(both.json().path("planned").asLong()).isEqualTo(36);
            assertThat(both.json().path("landed").asLong()).isEqualTo(36);
            assertThat(both.json().path("requests").asLong())
                    .isEqualTo(setup.simulator().report().requests()
                            + second.report().requests());
            assertThat(both.json().path("runs").size()).isEqualTo(2);
            CommandResult rows = setup.run(
                    "query",
                    "SELECT count(*) AS n FROM daily_streams GROUP BY source ORDER BY source",
                    "--format",
                    "csv");
            assertThat(rows.out().lines().skip(1).distinct().count())
                    .as("as many rows from one as from the other: %s", rows.out())
                    .isEqualTo(1);
            assertThat(rows.out().lines().count()).isEqualTo(3);
            assertThat(setup.run("audit").exit()).isEqualTo(ExitCode.DONE);
        }
    }

    /// A run that was killed at once.
    private String start(SimulatedSetup setup) {
        Path file = setup.settled().folder().resolve("ledger.db");
        try (Ledger ledger = Ledger.open(file, InstantSource.system())) {
            Run run = ledger.runs()
                    .start(
                            "simulated",
                            SimulatedSetup.DAY.plusDays(1),
                            SimulatedSetup.DAY.plusDays(1),
                            EnumSet.allOf(Dataset.class),
                            "hash",
                            "1");
            return run.id();
        }
    }
}
