package dev.tactus.simulator.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every kind of window decides as a brute-force oracle does that keeps everything it ever saw.
class WindowPropertyTest {
    private static final long WINDOW = 1_000;

    private record Seen(long at, boolean admitted) {}

    @ParameterizedTest
    @EnumSource(SimulatedWindowKind.class)
    void decidesLikeTheOracle(SimulatedWindowKind kind) {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Window window = kind.open(WINDOW);
            List<Seen> history = new ArrayList<>();
            long now = 5_000_000L + random.nextInt(3_000);
            int permits = 1 + random.nextInt(20);
            for (int i = 0; i < 200; i++) {
                now += random.nextInt(10) == 0 ? random.nextInt(2_500) : random.nextInt(120);
                permits = random.nextInt(60) == 0 ? 1 + random.nextInt(20) : permits;
                boolean expected = admits(kind, history, now, permits);
                Window.WindowStatus standing = window.look(now, permits);
                assertThat(standing.isOpen())
                        .as("%s, seed %d, request %d at %d, %d permits, after %s", kind, seed, i, now, permits, history)
                        .isEqualTo(expected);
                if (!expected && i % 8 == 0) {
                    assertThat(opensAt(kind, history, now, permits) - now)
                            .as("%s, seed %d, request %d: the wait it tells", kind, seed, i)
                            .isEqualTo(standing.resetNanos());
                }
                if (expected) {
                    window.admitted(now);
                } else {
                    window.refused(now);
                }
                history.add(new Seen(now, expected));
            }
        }
    }

    /// The first moment at which a request would pass if none came in between.
    private static long opensAt(SimulatedWindowKind kind, List<Seen> history, long now, int permits) {
        long at = now;
        while (!admits(kind, history, at, permits)) {
            at++;
        }
        return at;
    }

    private static boolean admits(SimulatedWindowKind kind, List<Seen> history, long now, int permits) {
        return switch (kind) {
            case SLIDING_LOG -> count(history, now - WINDOW, now, false) < permits;
            case SLIDING_LOG_COUNTING_REJECTIONS -> count(history, now - WINDOW, now, true) < permits;
            case FIXED_WINDOW -> count(history, begin(now) - 1, now, false) < permits;
            case SLIDING_COUNTER -> {
                long current = count(history, begin(now) - 1, now, false);
                long previous = count(history, begin(now) - WINDOW - 1, begin(now) - 1, false);
                // all of it times the window, so that the comparison is exact
                yield previous * (WINDOW - (now - begin(now))) + (current + 1) * WINDOW <= permits * WINDOW;
            }
            case FIXED_WINDOW_FROM_FIRST_REQUEST -> {
                long begin = Long.MIN_VALUE / 2;
                for (Seen seen : history) {
                    if (seen.admitted() && seen.at() - begin >= WINDOW) {
                        begin = seen.at();
                    }
                }
                yield now - begin >= WINDOW || count(history, begin - 1, now, false) < permits;
            }
        };
    }

    private static long begin(long now) {
        return now / WINDOW * WINDOW;
    }

    /// How many came after one moment and up to another.
    private static long count(List<Seen> history, long after, long upTo, boolean refusedToo) {
        return history.stream()
                .filter(seen -> seen.at() > after && seen.at() <= upTo && (refusedToo || seen.admitted()))
                .count();
    }
}
