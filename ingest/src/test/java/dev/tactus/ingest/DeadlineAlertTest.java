package dev.tactus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ingest.accounting.AlertSender;
import dev.tactus.ingest.accounting.DeadlineAlert;
import dev.tactus.ingest.context.FailpointListener;
import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.context.StopSignal;
import dev.tactus.ingest.run.AlertReceiver;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.ledger.catalog.Freshness;
import dev.tactus.ledger.runs.Alert;
import dev.tactus.ledger.runs.Run;
import dev.tactus.music.Severity;
import dev.tactus.simulator.behaviour.Behaviour;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadlineAlertTest {
    private static final Instant DEADLINE = Instant.parse("2026-11-22T06:00:00Z");

    @TempDir
    Path folder = Path.of("set before each test");

    @Test
    void isSentWhenARunWillBeLateAndAgainWhenItIs() {
        AtomicReference<Instant> now = new AtomicReference<>(DEADLINE.minus(Duration.ofHours(3)));
        try (SyncFixture house = new SyncFixture(folder, 2, Behaviour.faultless())) {
            house.look(own -> {
                SyncResources resources = new SyncResources(
                        own.ledger(),
                        own.lake(),
                        own.sourceName(),
                        own.source(),
                        own.pacer().orElseThrow(),
                        now::get);
                RunContext run = run(resources, now::get);
                try (AlertSender nobody =
                        new AlertSender(own.ledger().alerts(), List.of(), new StopSignal(), now::get)) {
                    DeadlineAlert alert = new DeadlineAlert(run, nobody);

                    alert.check(left(Duration.ofHours(4)));
                    assertThat(alerts(own)).isEmpty();
                    now.set(now.get().plus(Duration.ofMinutes(6)));
                    alert.check(left(Duration.ofHours(4)));
                    now.set(DEADLINE.plusSeconds(1));
                    alert.check(left(Duration.ofHours(1)));
                }
                assertThat(alerts(own))
                        .extracting(Alert::severity)
                        .containsExactly(Severity.WARNING, Severity.CRITICAL);
                assertThat(alerts(own).getFirst().body())
                        .contains("\"kind\":\"deadline\"")
                        .contains(
                                "will miss its deadline of 2026-11-22T06:00:00Z: at 150 requests a minute it is over at"
                                        + " 2026-11-22T07:06:00Z");
                assertThat(alerts(own).getLast().body()).contains("has missed its deadline of 2026-11-22T06:00:00Z");
            });
        }
    }

    private static List<Alert> alerts(SyncResources resources) {
        return resources.ledger().alerts().pending(10);
    }

    private static RunContext run(SyncResources resources, InstantSource clock) {
        SyncRequest whole = SyncFixture.telling(
                new AlertReceiver("ops", URI.create("http://127.0.0.1:9/"), Set.of(AlertReceiver.AlertKind.DEADLINE)));
        SyncRequest request = new SyncRequest(
                whole.days(),
                whole.datasets(),
                whole.continuation(),
                whole.settleDays(),
                whole.cadence(),
                whole.maxWait(),
                whole.concurrency(),
                whole.tolerance(),
                Optional.of(DEADLINE),
                whole.publishEvery(),
                whole.webhooks(),
                whole.codeVersion());
        Run run = resources
                .ledger()
                .runs()
                .start(
                        resources.sourceName(),
                        SyncFixture.DAY,
                        SyncFixture.DAY,
                        request.datasets(),
                        "hash",
                        request.codeVersion());
        Duration month = Duration.ofDays(30);
        return new RunContext(
                resources, run, request, Freshness.of(clock.instant(), month, month), FailpointListener.none());
    }

    private static ProgressReport left(Duration remaining) {
        return new ProgressReport(
                ProgressReport.Phase.FETCHING, 1, 2, 0, 10, 0, 150, OptionalDouble.empty(), Optional.of(remaining));
    }
}
