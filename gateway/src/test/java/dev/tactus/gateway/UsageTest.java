package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tactus.limits.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UsageTest {
    private static final MeteredLimit QUOTA = new MeteredLimit("quota", Limit.parse("1000/60s"));
    private static final MeteredLimit SPIKE = new MeteredLimit("spike", Limit.parse("100/1s"));
    private static final long START = TimeUnit.MINUTES.toNanos(29_000_000);

    private final Usage usage = new Usage();
    private final Meter meter = usage.meter("radio", List.of(QUOTA, SPIKE));

    @Test
    void takesEachCountOnce() {
        MinuteCounts counts = meter.at(START);
        counts.admitted();
        counts.charged(0, 3);
        counts.shadowed(1);
        meter.at(START + 1).refused(1);
        meter.at(START + 2).turnedAway();

        assertThat(usage.take(START))
                .containsExactly(new Counted(
                        "radio",
                        29_000_000,
                        1,
                        1,
                        1,
                        List.of(new CountedLimit(QUOTA, 3, 0, 0), new CountedLimit(SPIKE, 0, 1, 1))));
        assertThat(usage.take(START)).isEmpty();
    }

    @Test
    void countsARequestInTheMinuteItCameIn() {
        meter.at(START + Usage.MINUTE_NANOS - 1).admitted();
        meter.at(START + Usage.MINUTE_NANOS).admitted();
        meter.at(START + Usage.MINUTE_NANOS + 1).admitted();

        assertThat(usage.take(START + Usage.MINUTE_NANOS))
                .extracting(Counted::minute, Counted::admitted)
                .containsExactlyInAnyOrder(tuple(29_000_000L, 1L), tuple(29_000_001L, 2L));
    }

    @Test
    void losesNothingThatIsCountedAsItsMinuteEnds() {
        MinuteCounts late = meter.at(START);
        assertThat(usage.take(START + Usage.MINUTE_NANOS)).isEmpty();
        late.admitted();
        assertThat(usage.take(START + 2 * Usage.MINUTE_NANOS)).hasSize(1);
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
        List<Counted> counted = new ArrayList<>();
        List<Thread> crew = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            crew.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    meter.at(START + i * Usage.MINUTE_NANOS / 100).admitted();
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
        assertThat(counted.stream().mapToLong(Counted::admitted).sum()).isEqualTo(threads * (long) each);
    }

    @Test
    void saysNormalOfWhomNothingIsHeldAgainst() {
        Standings standings = new Standings();
        standings.set(Map.of("radio", Standing.RESTRICTED));
        assertThat(standings.of("radio")).isEqualTo(Standing.RESTRICTED);
        assertThat(standings.of("big-partner")).isEqualTo(Standing.NORMAL);
    }
}
