package dev.tactus.limits.learning;

import java.time.Duration;
import java.util.List;

/// The windows that services are known to count over, the shortest first.
final class UsualWindows {
    static final List<Duration> USUAL = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofDays(1));

    private UsualWindows() {}
}
