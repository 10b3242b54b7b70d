package dev.tactus.gateway.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.ManualTime;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.state.PacerStateStore;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.limits.Feedback;
import dev.tactus.limits.ScopeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacingQueueTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final List<String> left = new ArrayList<>();
    private final List<Long> leftAtMillis = new ArrayList<>();
    private final List<QueueOutcome.Rejected> turnedAway = new ArrayList<>();

    @TempDir
    private Path folder;

    private StateFile file;
    private PacingQueue pacing;
    private List<LimitSettings> limits = List.of();

    @BeforeEach
    void open() {
        file = StateFile.open(folder.resolve("gateway.db"), time);
        pacing = new PacingQueue(file.ceilings(), time, time, time::alarm, Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        pacing.close();
        file.close();
    }

    @Test
    void letsNoMoreGoInAnyWindowThanTheLimitSays() throws Exception {
        configure("limits: [{name: quota, permits: 10, window: 10s}]");
        for (int i = 0; i < 40; i++) {
            enter("a", "/x", PATIENT);
        }
        time.advance(Duration.ofMinutes(1));
        assertThat(left).hasSize(40);
        assertThat(mostWithin(10_000)).isLessThanOrEqualTo(10);
    }

    @Test
    void leavesAShareOfEveryQuotaToOthersAlsoAfterAReload() throws Exception {
        configure("leave: 40%\nlimits: [{name: quota, permits: 10, window: 10s}]");
        for (int i = 0; i < 30; i++) {
            enter("a", "/x", PATIENT);
        }
        time.advance(Duration.ofSeconds(30));
        assertThat(left).hasSizeBetween(15, 18);
        assertThat(mostWithin(10_000)).isEqualTo(6);

        leftAtMillis.clear();
        configure("leave: 70%\nlimits: [{name: quota, permits: 10, window: 10s}]");
        time.advance(Duration.ofSeconds(25));
        assertThat(mostWithin(10_000)).isEqualTo(3);
        assertThat(turnedAway).isEmpty();
    }

    @Test
    void servesCallersByTurnsAndEachInItsOrder() throws Exception {
        configure("limits: [{name: quota, permits: 1, window: 1s}]");
        for (int i = 0; i < 6; i++) {
            enter("greedy " + i, "greedy", "/x", PATIENT);
        }
        enter("modest 0", "modest", "/x", PATIENT);
        enter("modest 1", "modest", "/x", PATIENT);
        time.advance(Duration.ofMinutes(1));
        assertThat(left).hasSize(8);
        assertThat(left.subList(0, 5)).contains("modest 0", "modest 1");
        assertThat(left.stream().filter(name -> name.startsWith("greedy"))).isSorted();
    }

    @Test
    void turnsAwayWhoDoesNotFitIntoTheQueueAndSaysWhenToComeBack() throws Exception {
        configure("queue: 5\nlimits: [{name: quota, permits: 2, window: 10s}]");
        enter("first", "/x", PATIENT);
        enter("second", "/x", PATIENT);
        for (int i = 0; i < 5; i++) {
            enter("a", "/x", PATIENT);
        }
        assertThat(turnedAway).isEmpty();
        for (int i = 0; i < 5; i++) {
            enter("a", "/x", PATIENT);
        }
        assertThat(pacing.waiting()).isEqualTo(5);
        assertThat(turnedAway).hasSize(5).allSatisfy(no -> {
            assertThat(no.reason()).isEqualTo(QueueOutcome.Reason.QUEUE_FULL);
            assertThat(no.retryAfter()).isEqualTo(Duration.ofSeconds(25));
        });
    }

    @Test
    void turnsAwayWhosePatienceIsOverAndHoldsNothingForIt() throws Exception {
        configure("limits: [{name: quota, permits: 1, window: 10s}]");
        enter("first", "/x", PATIENT);
        enter("hasty", "/x", Duration.ofSeconds(3));
        enter("patient", "/x", PATIENT);
        time.advance(Duration.ofSeconds(9));
        assertThat(turnedAway)
                .singleElement()
                .satisfies(no -> assertThat(no.reason()).isEqualTo(QueueOutcome.Reason.PATIENCE_OVER));
        time.advance(Duration.ofSeconds(2));
        assertThat(left).containsExactly("first", "patient");
        assertThat(pacing.waiting()).isZero();
    }

    @Test
    void aCallerWhoLeavesFreesItsPlace() throws Exception {
        configure("limits: [{name: quota, permits: 1, window: 10s}]");
        enter("first", "/x", PATIENT);
        QueueTicket leaving = enter("leaving", "/x", PATIENT);
        enter("last", "/x", PATIENT);
        pacing.leave(leaving);
        pacing.leave(leaving);
        assertThat(pacing.waiting()).isEqualTo(1);
        time.advance(Duration.ofSeconds(11));
        assertThat(left).containsExactly("first", "last");
    }

    @Test
    void keepsBothTheLimitsOfAnApplicationAndThoseThatAllShare() throws Exception {
        configure("""
                limits:
                  - {name: all, permits: 10, window: 10s}
                  - {name: each, permits: 4, window: 10s, per: application}
                applications: [{id: radio, key_sha256: ["%s"]}, {id: tv, key_sha256: ["%s"]}]
                """.formatted("a".repeat(64), "b".repeat(64)));
        for (int i = 0; i < 10; i++) {
            enterAs("radio", "radio " + i);
        }
        time.advance(Duration.ofSeconds(9));
        assertThat(left).hasSizeBetween(3, 4);
        for (int i = 0; i < 10; i++) {
            enterAs("tv", "tv " + i);
        }
        time.advance(Duration.ofMinutes(2));
        assertThat(left).hasSize(20);
        assertThat(mostWithin(10_000)).isLessThanOrEqualTo(10);
        assertThat(pacing.report()).containsOnlyKeys("", "radio", "tv");
    }

    @Test
    void aRequestThatLeavesBeforeTheSharedLimitGivesItsOwnPermitBack() throws Exception {
        configure("""
                limits:
                  - {name: all, permits: 1, window: 10s}
                  - {name: each, permits: 1, window: 100s, per: application}
                applications: [{id: radio, key_sha256: ["%s"]}, {id: tv, key_sha256: ["%s"]}]
                """.formatted("a".repeat(64), "b".repeat(64)));
        enterAs("tv", "tv");
        QueueTicket leaving = enterAs("radio", "leaving");
        time.advance(Duration.ofSeconds(1));
        pacing.leave(leaving);
        enterAs("radio", "staying");
        time.advance(Duration.ofSeconds(20));
        assertThat(left).containsExactly("tv", "staying");
        assertThat(pacing.waiting()).isZero();
    }

    @Test
    void aRequestThatIsTurnedAwayBeforeTheSharedLimitGivesItsOwnPermitBack() throws Exception {
        configure("""
                limits:
                  - {name: all, permits: 1, window: 10s}
                  - {name: each, permits: 1, window: 100s, per: application}
                applications: [{id: radio, key_sha256: ["%s"]}, {id: tv, key_sha256: ["%s"]}]
                """.formatted("a".repeat(64), "b".repeat(64)));
        enterAs("tv", "tv");
        enterAs("radio", "hasty", Duration.ofSeconds(3));
        time.advance(Duration.ofSeconds(4));
        assertThat(turnedAway).hasSize(1);
        enterAs("radio", "patient");
        time.advance(Duration.ofSeconds(20));
        assertThat(left).containsExactly("tv", "patient");
    }

    @Test
    void saysAtOnceThatAPenaltyLastsLongerThanACallerWaits() throws Exception {
        configure("limits: [{name: quota, permits: 10, window: 10s}]");
        throttle(Duration.ofMinutes(10));
        enter("hopeless", "/x", PATIENT);
        enter("very patient", "/x", Duration.ofMinutes(20));
        assertThat(turnedAway).singleElement().satisfies(no -> {
            assertThat(no.reason()).isEqualTo(QueueOutcome.Reason.PENALTY);
            assertThat(no.retryAfter()).isBetween(Duration.ofSeconds(599), Duration.ofSeconds(601));
        });
        assertThat(pacing.waiting()).isEqualTo(1);
        time.advance(Duration.ofMinutes(11));
        assertThat(left).contains("very patient");
    }

    @Test
    void aPenaltyOfOnePathDoesNotShutOutAnotherThatBeginsLikeIt() throws Exception {
        configure("""
                limits:
                  - {name: all, permits: 1000, window: 10s}
                  - {name: search, permits: 1, window: 10s, match: {path: /v1/search}}
                """);
        throttle("/v1/search", Duration.ofMinutes(10));
        enter("search", "/v1/search/isrc", PATIENT);
        assertThat(turnedAway).hasSize(1);
        enter("searches", "/v1/searches", PATIENT);
        assertThat(turnedAway).hasSize(1);
        assertThat(left).containsExactly("searches");
    }

    @Test
    void keepsWhatItLearnedOverARestart() throws Exception {
        configure("limits: []");
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 20; i++) {
                enter("a", "/x", PATIENT);
                time.advance(Duration.ofMillis(10));
            }
            throttle(Duration.ofSeconds(1));
            time.advance(Duration.ofSeconds(2));
            enter("after", "/x", PATIENT);
            time.advance(Duration.ofSeconds(30));
        }
        Optional<ScopeReport> learned = shared();
        assertThat(learned.orElseThrow().ceiling()).isPresent();
        pacing.save();

        pacing.close();
        pacing = new PacingQueue(file.ceilings(), time, time, time::alarm, Duration.ofSeconds(10));
        configure("limits: []");
        assertThat(shared().orElseThrow().ceiling()).isEqualTo(learned.get().ceiling());
    }

    @Test
    void aReloadChangesTheLimitsOfThoseWhoWait() throws Exception {
        configure("limits: [{name: quota, permits: 1, window: 100s}]");
        for (int i = 0; i < 5; i++) {
            enter("a", "/x", PATIENT);
        }
        assertThat(left).hasSize(1);
        configure(
                "limits: [{name: quota, permits: 10, window: 1s}, {name: search, permits: 1, window: 9s, match: {path: /y}}]");
        time.advance(Duration.ofSeconds(2));
        assertThat(left).hasSize(5);
        assertThat(turnedAway).isEmpty();
    }

    @Test
    void turnsEverybodyAwayWhenItCloses() throws Exception {
        configure("limits: [{name: quota, permits: 1, window: 100s}]");
        enter("a", "/x", PATIENT);
        enter("b", "/x", PATIENT);
        pacing.close();
        assertThat(turnedAway)
                .singleElement()
                .satisfies(no -> assertThat(no.reason()).isEqualTo(QueueOutcome.Reason.CLOSING));
    }

    private Optional<ScopeReport> shared() {
        return pacing.report().getOrDefault(PacerStateStore.SHARED, List.of()).stream()
                .findFirst();
    }

    private void throttle(Duration retryAfter) {
        throttle("/x", retryAfter);
    }

    private void throttle(String path, Duration retryAfter) {
        pacing.enter(request(UsageMeterRegistry.STRANGERS, "t", path, PATIENT), turn -> {
            if (turn instanceof QueueOutcome.Admitted(UpstreamPermit passage)) {
                passage.answered(Feedback.throttled(Optional.of(retryAfter)));
            }
        });
    }

    private QueueTicket enter(String name, String path, Duration patience) {
        return enter(name, "caller", path, patience);
    }

    private QueueTicket enter(String name, String caller, String path, Duration patience) {
        return pacing.enter(request(UsageMeterRegistry.STRANGERS, caller, path, patience), turn -> note(name, turn));
    }

    private QueueTicket enterAs(String application, String name) {
        return enterAs(application, name, Duration.ofMinutes(5));
    }

    private QueueTicket enterAs(String application, String name, Duration patience) {
        return pacing.enter(request(application, application, "/x", patience), turn -> note(name, turn));
    }

    private PacingQueue.QueueRequest request(String application, String caller, String path, Duration patience) {
        return new PacingQueue.QueueRequest(application, limits, TokenDigest.NONE, caller, path, patience);
    }

    private void note(String name, QueueOutcome turn) {
        switch (turn) {
            case QueueOutcome.Admitted(UpstreamPermit passage) -> {
                left.add(name);
                leftAtMillis.add(time.nanos() / 1_000_000);
                passage.answered(Feedback.accepted());
            }
            case QueueOutcome.Rejected no -> turnedAway.add(no);
        }
    }

    private int mostWithin(long millis) {
        return leftAtMillis.stream()
                .mapToInt(from -> (int) leftAtMillis.stream()
                        .filter(at -> at >= from && at < from + millis)
                        .count())
                .max()
                .orElse(0);
    }

    private void configure(String more) throws IOException {
        Path yaml = Files.writeString(
                folder.resolve("gateway.yaml"),
                "listen: 127.0.0.1:0\nupstream: http://127.0.0.1:9\nmode: pace\n" + more);
        GatewaySettings settings = GatewaySettings.read(yaml, name -> null);
        limits = settings.limits();
        pacing.configure(settings);
    }
}
