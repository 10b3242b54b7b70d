package dev.tactus.gateway.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.ManualClock;
import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.quota.LimitAlgorithm;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.QuotaPartition;
import dev.tactus.gateway.quota.RoutePattern;
import dev.tactus.gateway.quota.UpstreamQuota;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.gateway.usage.UsageMeter;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.QuotaDecision;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A gateway that stops at any moment and starts again gives back no permit before the one that went on would have.
class QuotaCheckpointPropertyTest {
    private static final int SEEDS = 15;
    private static final String RADIO = "radio";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(LimitAlgorithm.class)
    void givesNoPermitBackEarly(LimitAlgorithm kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            restart(kind, seed);
        }
    }

    private void restart(LimitAlgorithm kind, long seed) {
        Random random = new Random(seed);
        Duration window = Duration.ofMillis(2_000 + random.nextInt(60_000));
        int permits = kind == LimitAlgorithm.SPACING ? 1 : 1 + random.nextInt(40);
        LimitSettings limit = new LimitSettings(
                "quota",
                permits,
                window,
                kind,
                kind == LimitAlgorithm.BUCKET ? permits + random.nextInt(60) : permits,
                RoutePattern.ALL,
                1,
                List.of(),
                false,
                false,
                QuotaPartition.APPLICATION,
                UpstreamQuota.UNKNOWN);
        ApplicationSettings radio = new ApplicationSettings(
                RADIO,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(limit));
        ManualClock clock = new ManualClock("2026-11-22T10:15:30Z");
        UsagePlan plan = new UsagePlan(radio.limits());
        KeyedLimiter<String> real = new KeyedLimiter<>();
        KeyedLimiter<String> restored = new KeyedLimiter<>();
        UsageMeterRegistry usage = new UsageMeterRegistry();
        UsageMeter meter = usage.meter(RADIO, plan.metered());
        long pause = Math.max(1, window.toMillis() / permits / 2);
        Duration between = Duration.ofMillis(2 * pause); // as long as nothing comes nothing is written either
        try (StateFile file = StateFile.open(folder.resolve(kind + "-" + seed + ".db"), clock)) {
            QuotaCheckpoint windows = file.windows(real);
            windows.configure(List.of(radio));
            Instant end = clock.instant().plus(window.multipliedBy(2)).plusMillis(random.nextInt(5_000));
            Instant tick = clock.instant();
            while (clock.instant().isBefore(end)) {
                clock.advance(Duration.ofMillis(random.nextLong(2 * pause)));
                if (real.decide(RADIO, plan.quota().charge(), clock.nanos()) instanceof QuotaDecision.Admitted) {
                    meter.at(clock.nanos()).charged(0, 1);
                }
                if (!clock.instant().isBefore(tick.plusSeconds(1))) {
                    tick = clock.instant();
                    windows.add(usage.take(clock.nanos()), tick);
                }
            }
            windows.add(usage.take(clock.nanos()), clock.instant());

            QuotaCheckpoint next = file.windows(restored);
            next.configure(List.of(radio));
            next.restore(clock.instant());
        }
        compare(real, restored, plan, clock.nanos(), window, between, kind + " " + limit.limit() + ", seed " + seed);
    }

    /// Moments are asked for in their order, as a limiter's time never goes back.
    private static void compare(
            KeyedLimiter<String> real,
            KeyedLimiter<String> restored,
            UsagePlan plan,
            long stopped,
            Duration window,
            Duration between,
            String what) {
        long late = window.dividedBy(60).plus(between).plusSeconds(2).toNanos();
        long step = window.dividedBy(40).toNanos();
        NavigableMap<Long, Integer> least = new TreeMap<>();
        NavigableMap<Long, Integer> most = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            long moment = stopped + i * step;
            int left = remaining(real, plan, moment);
            most.put(moment, left);
            least.put(moment + late, left);
        }
        TreeSet<Long> moments = new TreeSet<>(most.keySet());
        moments.addAll(least.keySet());
        for (long moment : moments) {
            String when = what + ", " + Duration.ofNanos(moment - stopped) + " later";
            int left = remaining(restored, plan, moment);
            if (most.containsKey(moment)) {
                assertThat(left).as("not early: %s", when).isLessThanOrEqualTo(most.get(moment));
            }
            if (least.containsKey(moment)) {
                assertThat(left).as("hardly late: %s", when).isGreaterThanOrEqualTo(least.get(moment));
            }
        }
    }

    private static int remaining(KeyedLimiter<String> limiter, UsagePlan plan, long now) {
        return limiter.standing(RADIO, plan.quota(), now).getFirst().remaining();
    }
}
