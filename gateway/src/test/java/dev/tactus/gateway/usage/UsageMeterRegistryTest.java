package dev.tactus.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tactus.gateway.state.ComplianceStatus;
import dev.tactus.gateway.violations.ComplianceStatuses;
import dev.tactus.limits.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UsageMeterRegistryTest {
    private static final MeteredLimit QUOTA = new MeteredLimit("quota", Limit.parse("1000/60s"));
    private static final MeteredLimit SPIKE = new MeteredLimit("spike", Limit.parse("100/1s"));
    private static final long START = TimeUnit.MINUTES.toNanos(29_000_000);

    private final UsageMeterRegistry usage = new UsageMeterRegistry();
    private final UsageMeter meter = usage.meter("radio", List.of(QUOTA, SPIKE));

    @Test
    void takesEachCountOnce() {
        MinuteCounter counts = meter.at(START);
        counts.admitted();
        counts.charged(0, 3);
        counts.shadowed(1);
        meter.at(START + 1).refused(1);
        meter.at(START + 2).turnedAway();

        assertThat(usage.take(START))
                .containsExactly(new MinuteUsage(
                        "radio",
                        29_000_000,
                        1,
                        1,
                        1,
                        List.of(new LimitCounts(QUOTA, 3, 0, 0), new LimitCounts(SPIKE, 0, 1, 1))));
        assertThat(usage.take(START)).isEmpty();
    }

    @Test
    void countsARequestInTheMinuteItCameIn() {
        meter.at(START + UsageMeterRegistry.MINUTE_NANOS - 1).admitted();
        meter.at(START + UsageMeterRegistry.MINUTE_NANOS).admitted();
        meter.at(START + UsageMeterRegistry.MINUTE_NANOS + 1).admitted();

        assertThat(usage.take(START + UsageMeterRegistry.MINUTE_NANOS))
                .extracting(MinuteUsage::minute, MinuteUsage::admitted)
                .containsExactlyInAnyOrder(tuple(29_000_000L, 1L), tuple(29_000_001L, 2L));
    }

    @Test
    void losesNothingThatIsCountedAsItsMinuteEnds() {
        MinuteCounter late = meter.at(START);
        assertThat(usage.take(START + UsageMeterRegistry.MINUTE_NANOS)).isEmpty();
        late.admitted();
        assertThat(usage.take(START + 2 * UsageMeterRegistry.MINUTE_NANOS)).hasSize(1);
    }

    @Test
    void losesNothingOfAMeterThatWasReplaced() {
        meter.at(START).admitted();
        usage.meter("radio", List.of(QUOTA)).at(START).admitted();
        assertThat(usage.take(START)).hasSize(2);
    }

    @Test
    void countsEveryRequestOfManyThreadsWhileMinutesTurn() throws InterruptedException {
        int threads = 4;
        int each = 20_000;
        List<MinuteUsage> counted = new ArrayList<>();
        List<Thread> crew = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            crew.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    meter.at(START + i * UsageMeterRegistry.MINUTE_NANOS / 100).admitted();
                }
            }));
        }
        while (crew.stream().anyMatch(Thread::isAlive)) {
            counted.addAll(usage.take(START));
        }
        for (Thread thread : crew) {
            thread.join();
        }
        counted.addAll(usage.take(START));
        assertThat(counted.stream().mapToLong(MinuteUsage::admitted).sum()).isEqualTo(threads * (long) each);
    }

    @Test
    void saysNormalOfWhomNothingIsHeldAgainst() {
        ComplianceStatuses standings = new ComplianceStatuses();
        standings.set(Map.of("radio", ComplianceStatus.RESTRICTED));
        assertThat(standings.of("radio")).isEqualTo(ComplianceStatus.RESTRICTED);
        assertThat(standings.of("big-partner")).isEqualTo(ComplianceStatus.NORMAL);
    }
}
