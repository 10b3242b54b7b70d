package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A service that says "come back in ten years" once, and the way out of it.
class LimitsCommandsTest {
    private static final String TEN_YEARS =
            "requests: [{fault: throttled, path: /v1/search, requests: [3], retry_after: 315360000s}]";

    @TempDir
    private Path folder;

    @Test
    void whatAServiceHasClosedIsShownAndCanBeOpenedAgain() throws IOException {
        try (SimulatedSetup setup =
                SimulatedSetup.start(folder, SimulatedSetup.synthetic(20, TEN_YEARS), "tolerance: {parked: 0}\n")) {
            assertThat(CommandResult.of(setup.sync("--max-wait", "0s")).exit()).isEqualTo(3);
            assertThat(CommandResult.of(setup.sync("--max-wait", "0s")).exit())
                    .as("the service is still closed")
                    .isEqualTo(3);

            CommandResult check = setup.run("check");
            assertThat(check.exit()).isNotZero();
            assertThat(check.out())
                    .contains("NOT OK  limits of simulated: the service has closed /v1/search until ")
                    .contains("tactus limits forget /v1/search --source simulated");

            JsonNode listed = setup.run("limits", "list", "--json").json();
            assertThat(listed.path("closed").asLong()).isEqualTo(1);
            assertThat(listed.path("limits"))
                    .filteredOn(one -> !one.path("closed_until").isNull())
                    .singleElement()
                    .extracting(one -> one.path("scope").asString())
                    .isEqualTo("/v1/search");

            CommandResult unknown = setup.run("limits", "forget", "/v1/nothing");
            assertThat(unknown.exit()).isEqualTo(2);
            assertThat(unknown.err()).contains("nothing is known of a scope /v1/nothing; known are ", "/v1/search");

            CommandResult forgotten = setup.run("limits", "forget", "/v1/search");
            assertThat(forgotten.exit()).as(forgotten.err()).isZero();
            assertThat(forgotten.out()).contains("simulated /v1/search: forgotten", "closed until ");

            assertThat(setup.run("check").exit()).isZero();
            CommandResult open = CommandResult.of(setup.sync("--max-wait", "0s"));
            assertThat(open.exit()).as(open.out() + open.err()).isZero();
            setup.assertLakeIsComplete();
        }
    }

    @Test
    void aPlanMakesNoLedger() throws IOException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(20, "limits: []"), "")) {
            CommandResult plan = setup.run("plan", "--day", SimulatedSetup.DAY.toString(), "--json");

            assertThat(plan.exit()).as(plan.err()).isZero();
            assertThat(plan.json().path("items").asLong()).isEqualTo(60);
            assertThat(folder.resolve("ledger.db")).doesNotExist();
            assertThat(folder.resolve("lake")).doesNotExist();
        }
    }
}
