package dev.tactus.limits.learning;

import dev.tactus.limits.leases.InFlightRule;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The search for a limit of calls under way at once: no window explains its refusals, but how many others were under
/// way does.
///
/// A server that serves C at once refuses a call only where C others are under way. So the least number of others
/// beside
/// a refused call is no less than C, and whoever keeps no more under way than that is refused rarely, and never once
/// the
/// number has come down to C. That may be chance where most calls had as many beside them; where few had, each
/// row of refusals makes chance less likely by that share ([Tunables#FLIGHT_CHANCE]). Nanoseconds. Not thread-safe.
final class FlightSearch {
    private @Nullable InFlightRule held;
    private int calls;
    private int rows;
    /// calls accepted with as many others under way as are allowed, since that many are
    private int full;
    private int lowered;
    private boolean trial;
    private long since;
    private long every;
    private long nextAt;
    private long silentUntil = Long.MIN_VALUE;

    Optional<InFlightRule> rule() {
        return Optional.ofNullable(held);
    }

    /// How many may be under way; empty where that is not what limits.
    OptionalInt calls() {
        return held == null ? OptionalInt.empty() : OptionalInt.of(calls);
    }

    /// The first refusal of a row.
    ///
    /// @return whether what is held still makes sense
    boolean refused(long now) {
        if (held == null) {
            return true;
        }
        if (calls == 1 || (!trial && ++lowered > Tunables.FLIGHT_LOWERED)) {
            forget(now);
            return false;
        }
        every = trial
                ? Math.min(Tunables.LONGEST_PROBE_NANOS, every * Tunables.PROBE_GROWTH)
                : Tunables.FIRST_PROBE_NANOS;
        trial = false;
        hold(calls - 1, now);
        return true;
    }

    /// A row of refusals has ended, and all answers are there.
    ///
    /// @return whether a limit was found
    boolean examine(AnswerHistory history, long now) {
        rows++;
        if (held != null || now < silentUntil || rows < Tunables.FLIGHT_ROWS) {
            return false;
        }
        FlightCounts counts = FlightCounts.of(history);
        int fewest = counts.fewestBesideRefused();
        if (fewest < 1 || Math.pow(counts.acceptedBeside(fewest), rows) > Tunables.FLIGHT_CHANCE) {
            return false;
        }
        every = Tunables.FIRST_PROBE_NANOS;
        hold(fewest, now);
        return true;
    }

    /// A call was accepted while what is held was in force.
    ///
    /// @param flying calls under way, with it
    void accepted(int flying, long now) {
        if (held == null) {
            return;
        }
        full += flying >= calls ? 1 : 0;
        if (full < Tunables.FLIGHT_FULL) {
            return;
        }
        lowered = 0;
        if (trial || now >= nextAt) {
            // What held for so long is allowed; so is what comes next, until it is refused.
            trial = true;
            hold(calls + 1, now);
        }
    }

    /// Goes on where an earlier process ended.
    void restore(int found, long now) {
        every = Tunables.FIRST_PROBE_NANOS;
        hold(found, now);
    }

    private void hold(int allowed, long now) {
        calls = allowed;
        full = 0;
        since = now;
        nextAt = now + every;
        if (held == null) {
            held = new InFlightRule(allowed);
        } else {
            held.allow(allowed);
        }
    }

    private void forget(long now) {
        held = null;
        rows = 0;
        lowered = 0;
        trial = false;
        silentUntil = now + Tunables.RATE_SILENCE_NANOS;
    }

    /// Those under way have ended before the next call goes: that is enough, at first.
    long restNanos(int inARow) {
        return inARow == 1
                ? 0
                : Math.min(Tunables.FLIGHT_REST_NANOS << Math.min(inARow, 20), Tunables.LONGEST_PROBE_NANOS);
    }

    /// When what is held was found or last changed.
    long since() {
        return since;
    }

    Duration probeEvery() {
        return Duration.ofNanos(every);
    }
}
