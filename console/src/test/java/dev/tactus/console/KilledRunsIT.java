package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The built command line, killed with SIGKILL at random moments and at the worst ones, ends with a lake that holds
/// every row exactly once.
class KilledRunsIT {
    private static final long SEED = 20_261_122;
    private static final String LIMITED = """
        limits: [{scope: token, limit: 300/3s}]
        latency: {base: 5ms, jitter: 20ms}
        requests: [{fault: server_error, share: 1%}, {fault: reset, share: 0.5%}]
        recordings: [{fault: empty, share: 2%}]
        """;
    private static final String KNOWN = "    limits: [{scope: token, permits: 300, window: 3s}]\n";

    @TempDir
    Path folder;

    @Test
    void aRunThatIsKilledAgainAndAgainLandsEveryRowOnce() throws Exception {
        Random random = new Random(SEED);
        try (SimulatedSetup rig = SimulatedSetup.start(folder, SimulatedSetup.synthetic(700, LIMITED), KNOWN)) {
            for (int kill = 0; kill < 4; kill++) {
                killAfter(rig, Duration.ofMillis(1_200 + random.nextInt(2_500)));
            }
            killWhen(rig, rig.staging());
            killWhen(rig, rig.publishing());
            killWhen(rig, rig.publishing());

            CommandResult last = TactusProcess.run(folder, rig.sync("--json"));

            assertThat(last.exit()).as(last.err()).isZero();
            JsonNode report = last.json();
            assertThat(report.path("planned").asLong()).isEqualTo(2_100);
            assertThat(report.path("landed").asLong() + report.path("not_found").asLong())
                    .isEqualTo(2_100);
            assertThat(report.path("not_found").asLong()).isPositive().isLessThan(150);
            assertThat(report.path("accounted").asBoolean()).isTrue();
            rig.assertLakeIsComplete();
            assertThat(rig.simulator().report().throttled())
                    .as("a restart must not exceed the limit")
                    .isZero();

            CommandResult again = TactusProcess.run(folder, rig.sync("--json", "--datasets", "streams"));

            assertThat(again.json().path("requests").asLong())
                    .as("ids are known, so a second run takes batches only")
                    .isLessThan(60);
            rig.assertLakeIsComplete();
        }
    }

    private void killAfter(SimulatedSetup rig, Duration time) throws InterruptedException {
        Instant until = Instant.now().plus(time);
        killWhen(rig, () -> Instant.now().isAfter(until));
    }

    private void killWhen(SimulatedSetup rig, BooleanSupplier moment) throws InterruptedException {
        TactusProcess sync = TactusProcess.start(folder, rig.sync());
        sync.awaitThat(moment);
        sync.kill();
    }
}
