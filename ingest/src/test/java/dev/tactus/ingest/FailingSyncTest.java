package dev.tactus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tactus.ingest.context.FailpointListener;
import dev.tactus.ingest.run.AlertReceiver;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.ingest.run.RunFailure;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.publications.ChunkFile;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.limits.Limit;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.fault.ItemFault;
import dev.tactus.simulator.fault.RecordingFaultRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingSyncTest {
    @TempDir
    private Path folder;

    @Test
    void keepsWhatItHasWhenTheServerIsGoneAndGoesOnWhenItIsBack() {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            house.simulator().close();
            assertThatThrownBy(() -> house.sync(SyncFixture.request()))
                    .isInstanceOf(RunFailure.class)
                    .hasMessageContaining("the same command continues");
            house.look(resources -> {
                assertThat(resources.ledger().runs().list())
                        .extracting(Run::state)
                        .containsExactly(RunState.FAILED);
            });

            house.restart(Behaviour.faultless());
            SyncReport report = house.sync(SyncFixture.request());

            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
            house.look(resources -> {
                assertThat(resources.ledger().runs().list()).hasSize(1);
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
            });
        }
    }

    @Test
    void refusesToPublishARunThatDoesNotAddUpAndSaysWhere() {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            house.failpoints = step -> {
                if (step == FailpointListener.Failpoint.PUBLICATION_BEGUN) {
                    throw new SimulatedCrash(step);
                }
            };
            assertThatThrownBy(() -> house.sync(SyncFixture.request())).isInstanceOf(SimulatedCrash.class);
            house.failpoints = FailpointListener.none();
            house.look(resources -> {
                Run run = resources.ledger().runs().list().getFirst();
                List<ChunkFile> chunks = resources.ledger().chunks().unpublished(run.id());
                resources.ledger().chunks().forget(run.id());
                resources
                        .ledger()
                        .chunks()
                        .note(
                                run.id(),
                                chunks.stream()
                                        .filter(chunk -> !chunk.table().equals("DAILY_STREAMS"))
                                        .toList());
            });

            assertThatThrownBy(() -> house.sync(SyncFixture.request()))
                    .isInstanceOf(RunFailure.class)
                    .hasMessageContaining("does not add up")
                    .hasMessageContaining("streams of ");

            house.look(resources -> {
                assertThat(resources.ledger().runs().list())
                        .extracting(Run::state)
                        .containsExactly(RunState.FAILED);
                assertThat(SyncFixture.query(resources.lake(), "SELECT count(*) FROM tracks"))
                        .containsExactly("0");
            });
            assertThat(house.sync(SyncFixture.anew()).end()).isEqualTo(SyncReport.End.FINISHED);
        }
    }

    @Test
    void stopsWithinSecondsAndGoesOnWhereItStopped() {
        Behaviour slow = Behaviour.faultless().with(new Limit(30, Duration.ofSeconds(60)));
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, slow)) {
            AtomicReference<Sync> running = new AtomicReference<>();
            AtomicReference<Instant> asked = new AtomicReference<>(Instant.MAX);
            house.limit = new Limit(30, Duration.ofSeconds(60));
            house.started = running::set;
            house.progress = new ProgressListener() {
                @Override
                public void update(ProgressReport report) {
                    if (report.requests() >= 2 && asked.compareAndSet(Instant.MAX, Instant.now())) {
                        running.get().stop();
                    }
                }

                @Override
                public void say(String event) {}
            };

            SyncReport report = house.sync(SyncFixture.request());

            assertThat(Duration.between(asked.get(), Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(report.end()).isEqualTo(SyncReport.End.STOPPED);
            assertThat(report.counts().open()).isPositive();
            long searched = house.simulator().report().requests();
            house.look(resources -> {
                assertThat(resources.ledger().runs().list())
                        .extracting(Run::state)
                        .containsExactly(RunState.RUNNING);
                assertThat(resources.lake().staging().files(report.runId())).isNotEmpty();
            });

            house.restart(Behaviour.faultless());
            house.limit = SyncFixture.NO_LIMIT;
            house.progress = ProgressListener.silent();
            // a new pacer would wait for the old limit's window
            house.look(resources -> {
                resources.ledger().limitStates().save(SyncFixture.SOURCE, List.of());
            });
            SyncReport second = house.sync(SyncFixture.request());

            assertThat(second.runId()).isEqualTo(report.runId());
            assertThat(second.end()).isEqualTo(SyncReport.End.FINISHED);
            assertThat(house.simulator().report().requestsByPath().get("/v1/search"))
                    .isBetween(SyncFixture.RECORDINGS - searched, (long) SyncFixture.RECORDINGS - 1);
        }
    }

    @Test
    void tellsEachWebhookOncePerKindAndTriesAgainWithTheNextRun() throws IOException {
        ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
        AtomicInteger status = new AtomicInteger(503);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/secret", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (status.get() == 200) {
                received.add(body);
            }
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        Behaviour drifted = Behaviour.faultless()
                .with(RecordingFaultRule.share(0.2, new ItemFault.Drifted(ItemFault.Aspect.TITLE)));
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, drifted)) {
            AlertReceiver webhook = new AlertReceiver(
                    "ops",
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/secret"),
                    Set.of(AlertReceiver.AlertKind.DRIFT));

            house.sync(SyncFixture.telling(webhook));
            assertThat(received).isEmpty();
            status.set(200);
            house.sync(SyncFixture.telling(webhook));

            assertThat(received)
                    .isNotEmpty()
                    .doesNotHaveDuplicates()
                    .allMatch(body -> body.contains("\"kind\":\"drift\""));
            int told = received.size();
            house.sync(SyncFixture.telling(webhook));
            assertThat(received).hasSize(told);
            assertThat(webhook.toString()).doesNotContain("secret");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void keepsNoStagedFileThatTheLedgerDoesNotKnow() throws IOException {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            house.failpoints = SimulatedCrash.at(FailpointListener.Failpoint.CHUNK_SEALED, 2);
            assertThatThrownBy(() -> house.sync(SyncFixture.request())).isInstanceOf(SimulatedCrash.class);
            house.failpoints = FailpointListener.none();

            SyncReport report = house.sync(SyncFixture.request());

            assertThat(report.counts().of(ItemState.LANDED)).isEqualTo(3L * SyncFixture.RECORDINGS);
            try (var files = Files.walk(folder.resolve("lake/staging"))) {
                assertThat(files.filter(Files::isRegularFile)).isEmpty();
            }
            assertThat(report.nextDue()).isEqualTo(Optional.empty());
        }
    }
}
