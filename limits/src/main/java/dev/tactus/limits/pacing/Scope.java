package dev.tactus.limits.pacing;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.learning.Ceiling;
import dev.tactus.limits.leases.Leases;
import java.util.List;

/// One thing a server counts by, the token or a path prefix: its ceiling, its leases, its pause. Not thread-safe.
final class Scope {
    private static final int STAMPS = 1 << 17;
    private static final int SEEKERS = 1;
    private static final int CALLS_PER_SEEKER = 384;

    private final String name;
    private final PacerSettings settings;
    private Ceiling ceiling;
    private final Leases leases;
    private final Pause pause = new Pause();
    private final DoubtfulAnswers doubts = new DoubtfulAnswers();
    private long granted;
    private long throttled;

    Scope(String name, List<Limit> configured, PacerSettings settings, long now) {
        this.name = name;
        this.settings = settings;
        ceiling = new Ceiling(configured, settings, now);
        leases = new Leases(configured.stream().mapToInt(Limit::permits).reduce(STAMPS, Math::max));
    }

    /// Other limits hold from now on; what was learned under the old ones is forgotten where they differ.
    void configure(List<Limit> configured, long now) {
        if (!ceiling.configured().equals(configured)) {
            leases.makeRoomFor(
                    configured.stream().mapToInt(Limit::permits).max().orElse(0));
            ceiling = new Ceiling(configured, settings, now);
        }
    }

    void advance(long now) {
        leases.advance(now, ceiling.horizon().toNanos());
    }

    /// The first moment at which this scope lets one more call go; [PacedLimit#NEVER]: after an answer.
    ///
    /// @param paced whether any scope of the call has a ceiling; if none has, few go at a time, so that the first
    /// refusal comes to few
    long earliest(boolean paced, long now) {
        boolean alone = pause.halfOpen() && leases.inFlight() > 0;
        boolean crowded =
                !paced && leases.inFlight() >= SEEKERS + leases.accepted().size() / CALLS_PER_SEEKER;
        long earliest = leases.earliest(ceiling.limits(), now);
        return Math.max(Math.max(earliest, pause.until()), alone || crowded ? leases.nextEnd() : Long.MIN_VALUE);
    }

    void sent(long now) {
        granted++;
        leases.sent();
        ceiling.limits().forEach(limit -> limit.granted(now));
    }

    void accepted(long sentAt, long now) {
        doubts.accepted();
        boolean recovered = pause.accepted(sentAt);
        leases.answered(now, true);
        ceiling.accepted(sentAt, now, leases.accepted(), recovered);
    }

    /// The answer says nothing of this scope, or nothing at all: the call may have counted, and proves nothing.
    void passedOver(long now) {
        leases.answered(now, false);
    }

    /// The call was refused because of this scope, or failed with the server.
    void doubted(long sentAt, long now) {
        if (doubts.doubtful(now)) {
            refused(sentAt, now, Feedback.refused());
            return;
        }
        leases.answered(now, false);
        if (!pause.stale(sentAt)) {
            pause.doubted(now, doubts.restNanos());
        }
    }

    /// The call was refused because of this scope.
    void refused(long sentAt, long now, Feedback feedback) {
        throttled++;
        leases.answered(now, false);
        if (pause.stale(sentAt)) {
            ceiling.refusedToo(sentAt, now);
            pause.refusedToo(now, feedback.retryAfter());
            return;
        }
        int inARow = pause.refusedAgain();
        ceiling.refused(sentAt, now, inARow);
        if (inARow == 1 && ceiling.tolerates() && feedback.retryAfter().isEmpty()) {
            pause.notedOnly(now);
        } else {
            pause.refused(now, feedback.retryAfter(), ceiling.restNanos(inARow, now));
        }
    }

    /// The server said that nothing is left of this window.
    void exhausted(long now, long restNanos) {
        pause.extend(now + Math.min(restNanos, ceiling.window().toNanos()), "no requests remain in this window");
    }

    /// Share of the ceiling that is used; 0 without one.
    double fullness(long now) {
        return ceiling.inForce()
                .map(limit -> leases.used(now, limit.window().toNanos()) / (double) limit.permits())
                .orElse(0.0);
    }

    int acceptedIn(long now) {
        return leases.accepted().countAfter(now - ceiling.window().toNanos());
    }

    String name() {
        return name;
    }

    Ceiling ceiling() {
        return ceiling;
    }

    Leases leases() {
        return leases;
    }

    Pause pause() {
        return pause;
    }

    long granted() {
        return granted;
    }

    long throttled() {
        return throttled;
    }
}
