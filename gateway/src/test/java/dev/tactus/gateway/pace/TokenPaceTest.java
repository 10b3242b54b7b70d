package dev.tactus.gateway.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.gateway.ManualTime;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.state.PacerStateStore;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopeReport;
import dev.tactus.settings.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Limits of which each token has one of its own.
class TokenPaceTest {
    private static final int MOST_TOKENS = 3;
    private static final Duration NOW_OR_NEVER = Duration.ZERO;

    private final ManualTime time = new ManualTime();
    private final Map<String, Integer> left = new HashMap<>();
    private final Map<String, Limit> upstream = new HashMap<>();
    private final Map<String, List<Long>> seen = new HashMap<>();
    private final List<QueueOutcome.Rejected> turnedAway = new ArrayList<>();
    private int refused;

    @TempDir
    private Path folder;

    private StateFile file;
    private PacingQueue pacing;
    private List<LimitSettings> limits = List.of();

    @BeforeEach
    void open() {
        file = StateFile.open(folder.resolve("gateway.db"), time);
        pacing = queue();
    }

    @AfterEach
    void close() {
        pacing.close();
        file.close();
    }

    @Test
    void eachTokenHasTheLimitToItself() throws Exception {
        configure("limits: [{name: quota, permits: 2, window: 10s, kind: sliding, per: token}]");
        for (int i = 0; i < 5; i++) {
            enter("a", NOW_OR_NEVER);
            enter("b", NOW_OR_NEVER);
            enter(TokenDigest.NONE, NOW_OR_NEVER);
        }
        assertThat(left).containsOnly(Map.entry("a", 2), Map.entry("b", 2), Map.entry(TokenDigest.NONE, 2));
        assertThat(turnedAway).hasSize(9);
    }

    @Test
    void whatAllShareHoldsBesideIt() throws Exception {
        configure("""
                limits:
                  - {name: mine, permits: 2, window: 10s, kind: sliding, per: token}
                  - {name: ours, permits: 3, window: 10s, kind: sliding}
                """);
        for (int i = 0; i < 5; i++) {
            enter("a", NOW_OR_NEVER);
        }
        for (int i = 0; i < 5; i++) {
            enter("b", NOW_OR_NEVER);
        }
        assertThat(left).containsOnly(Map.entry("a", 2), Map.entry("b", 1));
    }

    @Test
    void limitsThatNobodyNamedAreLearnedForEachTokenByItself() throws Exception {
        configure("limits: [{name: quota, per: token, learned: true}]");
        upstream.put("small", Limit.parse("10/10s"));
        upstream.put("large", Limit.parse("40/10s"));
        for (int i = 0; i < 3_000; i++) {
            enter("small", Duration.ofHours(1));
            enter("large", Duration.ofHours(1));
        }
        time.advance(Duration.ofMinutes(10));

        double small = perSecond("small");
        double large = perSecond("large");
        assertThat(small).isBetween(0.7, 1.05);
        assertThat(large).isBetween(2.8, 4.2);
        assertThat(refused).isLessThan(left.getOrDefault("small", 0) / 10);
        assertThat(shared()).as("nothing is learned of what all share").isEmpty();

        pacing.save();
        pacing.close();
        pacing = queue();
        configure("limits: [{name: quota, per: token, learned: true}]");
        enter("large", NOW_OR_NEVER);
        assertThat(perSecond("large")).as("after a restart").isEqualTo(large);
    }

    @Test
    void aTokenThatWasIdleFindsWhatWasLearnedAndItsRefusalStillHolds() throws Exception {
        configure("limits: [{name: quota, per: token, learned: true}]");
        refuse("a", Duration.ofHours(2));
        time.advance(Duration.ofMinutes(20));
        pacing.save();
        assertThat(pacing.report()).as("an idle token has no pacer").doesNotContainKey(owner("a"));
        enter("a", Duration.ofMinutes(1));
        assertThat(turnedAway)
                .singleElement()
                .satisfies(no -> assertThat(no.reason()).isEqualTo(QueueOutcome.Reason.PENALTY));
    }

    @Test
    void tokensForWhichThereIsNoRoomShareALimit() throws Exception {
        configure("limits: [{name: quota, permits: 2, window: 10s, kind: sliding, per: token}]");
        for (int token = 0; token < 1_000; token++) {
            enter("t" + token, NOW_OR_NEVER);
        }
        enter("t0", NOW_OR_NEVER);
        assertThat(pacing.report().keySet()).hasSize(1 + MOST_TOKENS + 1).contains(PacerRegistry.OTHER_TOKENS);
        assertThat(left.values().stream().mapToInt(count -> count).sum()).isEqualTo(MOST_TOKENS + 1 + 2);

        time.advance(Duration.ofMinutes(20));
        pacing.save();
        enter("t500", NOW_OR_NEVER);
        assertThat(pacing.report()).as("there is room again").containsKey(owner("t500"));
    }

    @Test
    void aRefusalIsHeldAgainstTheTokenUnlessWhatAllShareIsFull() throws Exception {
        configure("""
                limits:
                  - {name: mine, per: token, learned: true}
                  - {name: ours, permits: 10, window: 10s, kind: sliding}
                """);
        enter("a", NOW_OR_NEVER);
        refuse("a", Duration.ofMinutes(5));
        enter("b", Duration.ofSeconds(1));
        assertThat(left).as("another token goes on").containsEntry("b", 1);
        enter("a", Duration.ofSeconds(1));
        assertThat(turnedAway).hasSize(1);
    }

    @Test
    void aReloadChangesTheLimitOfTokensThatWait() throws Exception {
        configure("limits: [{name: quota, permits: 1, window: 1h, per: token}]");
        enter("a", Duration.ofMinutes(1));
        enter("a", Duration.ofMinutes(1));
        assertThat(left).containsEntry("a", 1);
        configure("limits: [{name: quota, permits: 100, window: 1s, per: token}]");
        time.advance(Duration.ofSeconds(2));
        assertThat(left).containsEntry("a", 2);
    }

    @Test
    void anApplicationThatIsNotInTheFileHasItsOwnLimitToo() throws Exception {
        configure("limits: [{name: quota, permits: 2, window: 10s, kind: sliding, per: application}]");
        for (int i = 0; i < 5; i++) {
            enter("created", TokenDigest.NONE, NOW_OR_NEVER);
            enter("also created", TokenDigest.NONE, NOW_OR_NEVER);
        }
        assertThat(left).containsEntry(TokenDigest.NONE, 4);
    }

    @Test
    void whatIsLearnedHasNoFiguresAndEnforceModeHasNoTokens() {
        assertThatThrownBy(() -> configure("limits: [{name: quota, permits: 5, learned: true}]"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("permits");
        assertThatThrownBy(() -> configure("limits: [{name: quota, permits: 5, window: 1s, per: user}]"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("expected application or token, found \"user\"");
        assertThatThrownBy(() -> read("mode: enforce\nidentify: {header: X-Api-Key}\n"
                        + "limits: [{name: quota, permits: 5, window: 1s, per: token}]"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("per: token is for mode: pace only");
    }

    private double perSecond(String token) {
        return pacing.report().getOrDefault(owner(token), List.of()).stream()
                .flatMap(scope -> scope.ceiling().stream())
                .mapToDouble(limit -> limit.permits() * 1e3 / limit.window().toMillis())
                .min()
                .orElseThrow();
    }

    private List<ScopeReport> shared() {
        return pacing.report().getOrDefault(PacerStateStore.SHARED, List.of()).stream()
                .filter(scope -> scope.granted() > 0)
                .toList();
    }

    private static String owner(String token) {
        return PacerStateStore.TOKEN + token;
    }

    private void refuse(String token, Duration retryAfter) {
        pacing.enter(request(UsageMeterRegistry.STRANGERS, token, NOW_OR_NEVER), outcome -> {
            if (outcome instanceof QueueOutcome.Admitted(UpstreamPermit permit)) {
                permit.answered(Feedback.throttled(Optional.of(retryAfter)));
            }
        });
    }

    private void enter(String token, Duration patience) {
        enter(UsageMeterRegistry.STRANGERS, token, patience);
    }

    private void enter(String application, String token, Duration patience) {
        pacing.enter(request(application, token, patience), outcome -> {
            switch (outcome) {
                case QueueOutcome.Admitted(UpstreamPermit permit) -> {
                    left.merge(token, 1, Integer::sum);
                    permit.answered(answer(token));
                }
                case QueueOutcome.Rejected no -> turnedAway.add(no);
            }
        });
    }

    /// What an upstream says that counts each token's requests in a window, those that it refuses not.
    private Feedback answer(String token) {
        Limit limit = upstream.get(token);
        List<Long> stamps = seen.computeIfAbsent(token, missing -> new ArrayList<>());
        long now = time.nanos();
        if (limit != null) {
            stamps.removeIf(stamp -> stamp <= now - limit.window().toNanos());
            if (stamps.size() >= limit.permits()) {
                refused++;
                return Feedback.throttled(Optional.empty());
            }
        }
        stamps.add(now);
        return Feedback.accepted();
    }

    private PacingQueue.QueueRequest request(String application, String token, Duration patience) {
        return new PacingQueue.QueueRequest(application, limits, token, "caller", "/x", patience);
    }

    private PacingQueue queue() {
        return new PacingQueue(
                time,
                time,
                new PacerRegistry(file.ceilings(), time, time, time::alarm, Duration.ofSeconds(10), MOST_TOKENS));
    }

    private void configure(String more) throws IOException {
        GatewaySettings settings = read("mode: pace\n" + more);
        limits = settings.limits();
        pacing.configure(settings);
    }

    private GatewaySettings read(String more) throws IOException {
        Path yaml = Files.writeString(
                folder.resolve("gateway.yaml"), "listen: 127.0.0.1:0\nupstream: http://127.0.0.1:9\n" + more);
        return GatewaySettings.read(yaml, name -> null);
    }
}
