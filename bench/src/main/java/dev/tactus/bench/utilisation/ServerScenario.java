package dev.tactus.bench.utilisation;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.util.List;

/// The limits of a server and what happens to them.
///
/// @param title for the table
/// @param limits all hold at once; the first is the quota that is measured
/// @param later permits of the first limit after a third and after two thirds of the time; empty: they stay
/// @param stranger the share of the quota that another program asks for at random (Poisson), 0 if there is none
/// @param known the share of the quota to be used, alone, with N known
/// @param unknown the same with N unknown
/// @param blind the same with N and W unknown
record ServerScenario(
        String title,
        List<Limit> limits,
        List<Integer> later,
        double stranger,
        double known,
        double unknown,
        double blind) {
    /// How long each run lasts.
    static final Duration LENGTH = Duration.ofHours(4);

    static final List<ServerScenario> ALL = List.of(
            still("150/60 s", 0.985, 0.975, 0.97, "150/60s"),
            still("1,000/60 s + 100/s", 0.985, 0.975, 0.97, "1000/60s", "100/1s"),
            still("50/5 s", 0.94, 0.93, 0.92, "50/5s"),
            still("100/s", 0.87, 0.86, 0.85, "100/1s"),
            new ServerScenario(
                    "150→100→200/60 s", List.of(Limit.parse("150/60s")), List.of(100, 200), 0, 0, 0.95, 0.95),
            new ServerScenario(
                    "150/60 s, a third used by a stranger",
                    List.of(Limit.parse("150/60s")),
                    List.of(),
                    1.0 / 3,
                    0.9,
                    0.9,
                    0.9));

    private static ServerScenario still(String title, double known, double unknown, double blind, String... limits) {
        return new ServerScenario(
                title, List.of(limits).stream().map(Limit::parse).toList(), List.of(), 0, known, unknown, blind);
    }

    Limit quota() {
        return limits.getFirst();
    }

    boolean moves() {
        return !later.isEmpty();
    }
}
