package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/// The built command line in processes of its own, against a simulated source over HTTP.
@Execution(ExecutionMode.CONCURRENT)
class CommandLineIT {
    private static final String SLOW = "limits: [{scope: token, limit: 60/3s}]\n";
    private static final String SLOW_KNOWN = "    limits: [{scope: token, permits: 60, window: 3s}]\n";

    @TempDir
    Path folder;

    @Test
    void sigtermStopsARunAndTheSameCommandContinues() throws Exception {
        try (SimulatedSetup rig = SimulatedSetup.start(folder, SimulatedSetup.synthetic(90, SLOW), SLOW_KNOWN)) {
            TactusProcess sync = TactusProcess.start(folder, rig.sync());
            sync.awaitThat(() -> rig.simulator().report().requests() > 40);

            sync.process().destroy();
            CommandResult stopped = sync.await(Duration.ofMinutes(1));

            assertThat(stopped.exit())
                    .as("128 and SIGTERM, as the table of exit codes says")
                    .isEqualTo(143);
            assertThat(stopped.out() + stopped.err())
                    .contains("The same command continues")
                    .doesNotContain("\tat ");

            CommandResult rest = TactusProcess.run(folder, rig.sync());

            assertThat(rest.exit()).as(rest.err()).isZero();
            assertThat(rest.out() + rest.err()).doesNotContain("\u001b");
            assertThat(rig.simulator().report().requestsByPath().get("/v1/search"))
                    .as("what was searched before the stop is not searched again")
                    .isLessThanOrEqualTo(92);
            rig.assertLakeIsComplete();
        }
    }

    @Test
    void aSecondProcessIsToldWhoHoldsTheLedger() throws Exception {
        try (SimulatedSetup rig = SimulatedSetup.start(folder, SimulatedSetup.synthetic(150, SLOW), SLOW_KNOWN)) {
            TactusProcess first = TactusProcess.start(folder, rig.sync());
            first.awaitThat(() -> rig.simulator().report().requests() > 5);

            CommandResult second = TactusProcess.run(folder, rig.sync("--json"));

            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.err())
                    .contains("held by process " + first.process().pid());
            assertThat(second.json().path("ok").asBoolean()).isFalse();
            assertThat(rig.run("runs", "list").exit())
                    .as("reading goes on meanwhile")
                    .isZero();
            first.kill();
        }
    }

    @Test
    void theDemoShowsTheWholeAndEndsWell() throws IOException {
        CommandResult demo = TactusProcess.run(folder, "demo");

        assertThat(demo.exit()).as(demo.err()).isZero();
        assertThat(demo.out())
                .contains("all of them accounted for in ledger and lake")
                .contains("items that awaited a report fell back")
                .contains("closed by Demo")
                .contains("adds up; looked at: 1 close\n")
                .contains("What to look at next");
        assertThat(pages(folder.resolve("tactus-demo/reconciled")))
                .singleElement()
                .satisfies(page -> assertThat(Files.readString(page)).contains("closed by", "BR"));
        CommandResult query = TactusProcess.run(
                folder,
                "query",
                "--config",
                "tactus-demo/tactus.yaml",
                "--format",
                "csv",
                "SELECT count(*) FROM drift");
        assertThat(query.out().lines().skip(1).map(Integer::parseInt).toList().getFirst())
                .isPositive();
    }

    @Test
    void aRealCatalogOfElevenHundredRowsLeavesNoRowUnexplained() throws Exception {
        Path sample = sample();
        assumeTrue(Files.exists(sample), "the samples are not there");
        try (SimulatedSetup rig = SimulatedSetup.start(folder, SimulatorSettings.csv(sample, 5), "")) {
            Files.copy(sample, folder.resolve("real.csv"));
            Files.writeString(
                    rig.settled().config(),
                    Files.readString(rig.settled().config()).replace("catalog: catalog.csv", "catalog: real.csv"));

            CommandResult sync = TactusProcess.run(folder, rig.sync("--json"));

            assertThat(sync.exit()).as(sync.err()).isZero();
            JsonNode report = sync.json();
            assertThat(report.path("planned").asLong())
                    .isEqualTo(3 * rig.simulator().catalog().recordings());
            assertThat(report.path("landed").asLong())
                    .isEqualTo(report.path("planned").asLong());
            rig.assertLakeIsComplete();
        }
    }

    private static List<Path> pages(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList();
        }
    }

    private static Path sample() {
        return List.of("..", "../..", "../../..").stream()
                .map(up -> Path.of(up, "shared", "samples", "catalog", "catalog-1100.csv"))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of("absent"));
    }
}
