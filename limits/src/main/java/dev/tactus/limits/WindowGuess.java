package dev.tactus.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Finds a limit nobody named from the first refusal and the single calls that follow it.
///
/// At the first refusal the calls accepted within W *are* the limit, whatever W is: one candidate for each W. Each
/// later call contradicts some: refused where a candidate had room, or accepted where it had none. Not thread-safe.
final class WindowGuess {
    private static final List<Duration> USUAL = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofHours(1));

    private final long firstRefusal;
    private final Duration assumed;
    private final List<Limit> open = new ArrayList<>();

    WindowGuess(Stamps accepted, long now, Duration assumed) {
        firstRefusal = now;
        this.assumed = assumed;
        TreeSet<Duration> windows = new TreeSet<>(USUAL);
        windows.add(assumed);
        for (Duration window : windows) {
            int count = accepted.countAfter(now - window.toNanos());
            if (count > 0) {
                open.add(new Limit(count, window));
            }
        }
    }

    static Duration longest(Duration assumed) {
        return assumed.compareTo(USUAL.getLast()) > 0 ? assumed : USUAL.getLast();
    }

    /// The shortest usual window that is at least so long.
    static Duration covering(Duration rest) {
        return USUAL.stream()
                .filter(window -> window.compareTo(rest) >= 0)
                .findFirst()
                .orElse(rest.compareTo(Duration.ofDays(1)) <= 0 ? Duration.ofDays(1) : rest);
    }

    /// The call sent then was refused: whoever had clear room for it is out.
    void refused(Stamps accepted, long sentAt) {
        open.removeIf(limit -> {
            int slack = 2 + limit.permits() / 20;
            return accepted.countAfter(sentAt - limit.window().toNanos()) < limit.permits() - slack;
        });
    }

    /// The call sent then was accepted: whoever had no room for it is out.
    void accepted(Stamps accepted, long sentAt) {
        // The accepted call itself has been counted already.
        open.removeIf(limit -> accepted.countAfter(sentAt - limit.window().toNanos()) - 1 >= limit.permits());
    }

    /// Of the limits that nothing has contradicted the one with the assumed window, else the longest below it, else
    /// the shortest above; empty if the refusal was no limit of this kind.
    Optional<Limit> best() {
        return open.stream()
                .filter(limit -> limit.window().compareTo(assumed) <= 0)
                .reduce((shorter, longer) -> longer)
                .or(() -> open.stream().findFirst());
    }

    long firstRefusal() {
        return firstRefusal;
    }
}
