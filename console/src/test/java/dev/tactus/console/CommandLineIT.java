package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.lake.table.LakeTable;
import dev.tactus.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The built command line in processes of its own, against a simulated source over HTTP.
class CommandLineIT {
    private static final String SLOW = "limits: [{scope: token, limit: 60/3s}]\n";
    private static final String SLOW_KNOWN = "    limits: [{scope: token, permits: 60, window: 3s}]\n";

    @TempDir
    Path folder;

    @Test
    void everyCommandAnswersWithOneJsonObject() throws Exception {
        try (SimulatedSetup rig = SimulatedSetup.start(folder, SimulatedSetup.synthetic(40, "limits: []\n"), "")) {
            JsonNode plan = SimulatedSetup.json(rig.run("plan", "--json", "--day", SimulatedSetup.DAY.toString()));
            assertThat(plan.path("items").asLong()).isEqualTo(120);
            assertThat(plan.path("seconds").isNull()).isTrue();

            TactusProcess.ProcessResult sync = TactusProcess.run(folder, rig.sync("--json"));
            assertThat(sync.exit()).as(sync.err()).isZero();
            JsonNode report = SimulatedSetup.json(sync);
            assertThat(report.propertyNames())
                    .startsWith(
                            "command",
                            "ok",
                            "run_id",
                            "days",
                            "planned",
                            "landed",
                            "not_found",
                            "dead_lettered",
                            "fell_back",
                            "awaiting_report",
                            "parked",
                            "accounted",
                            "requests",
                            "throttled",
                            "retried",
                            "drifts",
                            "seconds");
            String run = report.path("run_id").asString();
            assertThat(sync.err()).doesNotContain("\u001b");

            assertThat(SimulatedSetup.json(rig.run("check", "--json"))
                            .path("ok")
                            .asBoolean())
                    .isTrue();
            assertThat(SimulatedSetup.json(rig.run("runs", "list", "--json"))
                            .path("runs")
                            .size())
                    .isEqualTo(1);
            assertThat(SimulatedSetup.json(rig.run("runs", "show", run, "--json"))
                            .path("state")
                            .asString())
                    .isEqualTo("finished");
            assertThat(SimulatedSetup.json(rig.run("drift", "list", "--json"))
                            .path("open")
                            .asLong())
                    .isZero();
            assertThat(SimulatedSetup.json(rig.run("dead-letters", "list", "--json"))
                            .path("open")
                            .asLong())
                    .isZero();
            assertThat(SimulatedSetup.json(rig.run("lake", "show", "--json"))
                            .path("tables")
                            .size())
                    .isEqualTo(LakeTable.values().length);
            assertThat(SimulatedSetup.json(rig.run("query", "--json", "SELECT count(*) AS n FROM tracks"))
                            .path("rows")
                            .path(0)
                            .path("n")
                            .asLong())
                    .isGreaterThanOrEqualTo(40);
            assertThat(SimulatedSetup.json(rig.run("lake", "maintain", "--json"))
                            .path("ok")
                            .asBoolean())
                    .isTrue();
            rig.assertLakeIsComplete();
        }
    }

    @Test
    void sigtermStopsWithinSecondsAndTheSameCommandGoesOn() throws Exception {
        try (SimulatedSetup rig = SimulatedSetup.start(folder, SimulatedSetup.synthetic(150, SLOW), SLOW_KNOWN)) {
            TactusProcess sync = TactusProcess.start(folder, rig.sync());
            sync.awaitThat(() -> rig.simulator().report().requests() > 40);

            long asked = System.nanoTime();
            sync.process().destroy();
            TactusProcess.ProcessResult stopped = sync.await(Duration.ofSeconds(20));

            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(12));
            assertThat(stopped.exit()).isNotZero();
            assertThat(stopped.out() + stopped.err())
                    .contains("The same command goes on")
                    .doesNotContain("\tat ");

            TactusProcess.ProcessResult rest = TactusProcess.run(folder, rig.sync());

            assertThat(rest.exit()).as(rest.err()).isZero();
            assertThat(rest.out() + rest.err()).doesNotContain("\u001b");
            assertThat(rig.simulator().report().requestsByPath().get("/v1/search"))
                    .as("what was searched before the stop is not searched again")
                    .isLessThanOrEqualTo(152);
            rig.assertLakeIsComplete();
        }
    }

    @Test
    void aSecondProcessIsToldWhoHoldsTheLedger() throws Exception {
        try (SimulatedSetup rig = SimulatedSetup.start(folder, SimulatedSetup.synthetic(150, SLOW), SLOW_KNOWN)) {
            TactusProcess first = TactusProcess.start(folder, rig.sync());
            first.awaitThat(() -> rig.simulator().report().requests() > 5);

            TactusProcess.ProcessResult second = TactusProcess.run(folder, rig.sync("--json"));

            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.err())
                    .contains("held by process " + first.process().pid());
            assertThat(SimulatedSetup.json(second).path("ok").asBoolean()).isFalse();
            assertThat(rig.run("runs", "list").exit())
                    .as("reading goes on meanwhile")
                    .isZero();
            first.kill();
        }
    }

    @Test
    void theDemoShowsTheWholeAndEndsWell() throws IOException {
        TactusProcess.ProcessResult demo = TactusProcess.run(folder, "demo");

        assertThat(demo.exit()).as(demo.err()).isZero();
        assertThat(demo.out())
                .contains("every one accounted for in ledger and lake")
                .contains("items that awaited a report fell back")
                .contains("is closed by Demo")
                .contains("adds up\n")
                .contains("What to look at next");
        assertThat(pages(folder.resolve("tactus-demo/reconciled")))
                .singleElement()
                .satisfies(page -> assertThat(Files.readString(page)).contains("closed by", "BR"));
        TactusProcess.ProcessResult query = TactusProcess.run(
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

            TactusProcess.ProcessResult sync = TactusProcess.run(folder, rig.sync("--json"));

            assertThat(sync.exit()).as(sync.err()).isZero();
            JsonNode report = SimulatedSetup.json(sync);
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
