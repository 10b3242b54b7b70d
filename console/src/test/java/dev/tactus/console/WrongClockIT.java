package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built command line on a machine whose clock is wrong for all that runs in the process: SQLite, DuckDB and
/// Iceberg read it by themselves, not through a seam of ours.
///
/// libfaketime tells each process its time; where it is not installed the test skips.
@Tag("slow")
class WrongClockIT {
    private static final String LIMITED = """
        limits: [{scope: token, limit: 300/3s}]
        latency: {base: 5ms, jitter: 20ms}
        recordings: [{fault: empty, share: 2%}]
        """;
    private static final String KNOWN = "    limits: [{scope: token, permits: 300, window: 3s}]\n";

    private static final List<String> LIBRARIES = List.of(
            "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
            "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
            "/usr/lib64/faketime/libfaketimeMT.so.1");

    @TempDir
    Path folder;

    private String library = "";

    @BeforeEach
    void findLibrary() {
        library = LIBRARIES.stream()
                .filter(file -> Files.exists(Path.of(file)))
                .findFirst()
                .orElse("");
        assumeTrue(!library.isEmpty(), "libfaketime is not installed (Debian: apt-get install faketime)");
    }

    /// Killed in the middle of the publication a year ahead, again two years before that, and ended with a clock that
    /// stands still.
    @Test
    void aRunThatIsKilledUnderThreeClocksLandsEveryRowOnce() throws Exception {
        try (SimulatedSetup rig = SimulatedSetup.start(folder, SimulatedSetup.synthetic(300, LIMITED), KNOWN)) {
            killWhen(rig, "+400d", rig.staging());
            killWhen(rig, "+400d", rig.publishing());
            killWhen(rig, "-400d", rig.publishing());
            killWhen(rig, "-30d", rig.publishing());

            CommandResult last = at("2026-07-01 12:00:00", rig.sync("--json")).await(Duration.ofMinutes(3));

            assertThat(last.exit()).as(last.err()).isZero();
            assertThat(last.json().path("accounted").asBoolean()).isTrue();
            rig.assertLakeIsComplete();
            CommandResult audit = rig.run("audit");
            assertThat(audit.exit()).as(audit.out() + audit.err()).isZero();
        }
    }

    /// A lake that was made a year ahead of its time goes on, is swept and compacted when the clock is right again.
    @Test
    void aLakeFromTheFutureIsGoneOnWith() throws Exception {
        try (SimulatedSetup rig = SimulatedSetup.start(folder, SimulatedSetup.synthetic(60, LIMITED), KNOWN)) {
            assertThat(at("+400d", rig.sync()).await(Duration.ofMinutes(3)).exit())
                    .isZero();

            CommandResult ahead =
                    rig.run("query", "SELECT max(fetched_at) > now() + INTERVAL 300 DAY AS ahead FROM payloads");
            assertThat(ahead.out()).as("the process believed it").contains("true");

            CommandResult anew = at("+0", rig.sync("--new-run")).await(Duration.ofMinutes(3));
            CommandResult maintained = at("-1d", "lake", "maintain", "--config", config(rig), "--keep-snapshots", "1")
                    .await(Duration.ofMinutes(3));

            assertThat(anew.exit()).as(anew.err()).isZero();
            assertThat(maintained.exit()).as(maintained.err()).isZero();
            rig.assertLakeIsComplete();
            CommandResult audit = rig.run("audit");
            assertThat(audit.exit()).as(audit.out() + audit.err()).isZero();
        }
    }

    private static String config(SimulatedSetup rig) {
        return rig.settled().config().toString();
    }

    private void killWhen(SimulatedSetup rig, String time, BooleanSupplier moment) throws InterruptedException {
        TactusProcess sync = at(time, rig.sync());
        sync.awaitThat(moment);
        sync.kill();
    }

    /// @param time as libfaketime understands it: `+400d` is ahead by that, a date and a time stand still
    private TactusProcess at(String time, String... args) {
        return TactusProcess.start(
                folder, Map.of("LD_PRELOAD", library, "FAKETIME", time, "FAKETIME_DONT_FAKE_MONOTONIC", "1"), args);
    }
}
