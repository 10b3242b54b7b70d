package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.database.DatabaseAddress;
import dev.tactus.database.DatabaseFailure;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.work.Worker;
import dev.tactus.servers.TestPostgres;
import dev.tactus.servers.TestSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A sync and its workers, each killed once, and the server of their ledger, end with a lake that holds every row
/// exactly once, without a refusal.
@Tag("slow")
class KilledWorkersIT {
    private static final int PERMITS = 150;
    private static final String LIMITED = "limits: [{scope: token, limit: " + PERMITS + "/5s, per: client}]\n"
            + "latency: {base: 5ms, jitter: 20ms}\nrecordings: [{fault: empty, share: 2%}]\n";
    private static final String KNOWN = "    limits: [{scope: token, permits: " + PERMITS + ", window: 5s}]\n";

    private final List<TactusProcess> started = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void endAll() {
        started.forEach(process -> process.process().destroyForcibly());
    }

    @Test
    void workerOwnerPublisherAndServerMayBeKilled() throws Exception {
        Optional<TestPostgres> server = TestPostgres.start();
        assumeTrue(server.filter(TestPostgres::isOurs).isPresent(), TestPostgres.MISSING);
        try (TestPostgres postgres = server.orElseThrow();
                TestSchema schema = postgres.schema();
                SimulatedSetup rig = SimulatedSetup.start(folder, SimulatedSetup.synthetic(1_500, LIMITED), KNOWN)) {
            ledger(rig, schema.url());
            TactusProcess sync = start(rig.sync());
            sync.awaitThat(rig.staging());
            for (int i = 0; i < 3; i++) {
                work(rig);
            }
            sync.awaitThat(() -> workers(schema).size() == 4);

            kill(one(
                    schema,
                    worker -> worker.quota().isEmpty() && worker.command().equals("work")));
            work(rig);
            Worker owner = one(schema, worker -> !worker.quota().isEmpty());
            kill(owner);
            work(rig);
            awaitThat(() -> workers(schema).stream()
                    .anyMatch(worker -> !worker.quota().isEmpty() && worker.number() != owner.number()));
            postgres.restart();
            sync.process().destroyForcibly().waitFor();
            TactusProcess publisher = start(rig.sync());
            publisher.awaitThat(rig.publishing());
            publisher.kill();

            CommandResult last =
                    TactusProcess.ofTests(folder, rig.sync("--json")).await(Duration.ofMinutes(3));

            assertThat(last.exit()).as(last.err()).isZero();
            assertThat(last.json().path("planned").asLong()).isEqualTo(4_500);
            assertThat(last.json().path("accounted").asBoolean()).isTrue();
            rig.assertLakeIsComplete();
            assertThat(rig.simulator().report().throttled())
                    .as("nobody who takes over exceeds the limit")
                    .isZero();
            assertThat(rig.simulator().report().limits().getFirst().worstWindow())
                    .isLessThanOrEqualTo(PERMITS);
            CommandResult audit = rig.run("audit");
            assertThat(audit.exit()).as(audit.err()).isZero();
        }
    }

    private TactusProcess start(String... args) {
        TactusProcess process = TactusProcess.ofTests(folder, args);
        started.add(process);
        return process;
    }

    private void work(SimulatedSetup rig) {
        start("work", "--stay", "--config", rig.settled().config().toString());
    }

    private static Worker one(TestSchema schema, Predicate<Worker> wanted) throws InterruptedException {
        List<Worker> found = new ArrayList<>();
        awaitThat(() -> {
            found.addAll(workers(schema).stream().filter(wanted).toList());
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    private static void kill(Worker worker) throws InterruptedException {
        ProcessHandle process = ProcessHandle.of(worker.pid()).orElseThrow();
        process.destroyForcibly();
        awaitThat(() -> !process.isAlive());
    }

    private static void awaitThat(BooleanSupplier something) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 600 && !something.getAsBoolean(); i++) {
            boolean _ = never.await(50, TimeUnit.MILLISECONDS);
        }
        assertThat(something.getAsBoolean()).isTrue();
    }

    private static List<Worker> workers(TestSchema schema) {
        DatabaseAddress address = new DatabaseAddress.PostgresUrl(schema.url(), Optional.empty(), Optional.empty());
        try (Ledger ledger =
                Ledger.openForReading(address, InstantSource.system()).orElseThrow()) {
            return ledger.workers().list();
        } catch (DatabaseFailure away) {
            return List.of();
        }
    }

    private static void ledger(SimulatedSetup rig, String url) throws Exception {
        Path config = rig.settled().config();
        Files.writeString(config, Files.readString(config).replaceFirst("(?m)^ledger:.*$", "ledger: " + url));
    }
}
