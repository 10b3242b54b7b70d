package dev.tactus.limits.pacing;

import dev.tactus.limits.ScopeState;
import dev.tactus.limits.leases.PacedLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns a scope into what is saved of it and back: monotonic nanoseconds here, calendar time there.
///
/// Calls on their way are saved as answered now. When a state is taken up whose process did not end in order, calls
/// that it may have made between saving and dying are assumed: at the full pace of a limit that is spent evenly, up to
/// this moment, which costs no throughput, since evenly spent slots come free evenly; of a limit whose kind allows a
/// burst, as many as a process can make in that time, or all of it.
///
/// @param now the moment, in nanoseconds
/// @param today the same moment on the calendar
record ScopeStateConverter(long now, Instant today) {
    private static final int MOST_STAMPS = 10_000;
    /// Whoever saves every few seconds was not alive so long after it had saved.
    private static final long SAVED_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    /// More than these no caller of a limited API makes between two savings that are a few seconds apart: two hundred a
    /// second, ten seconds long. A day's quota is not given up for a kill.
    private static final long MOST_UNSAVED = 2_000;

    private static final Duration LONG_AGO = Duration.ofDays(3660);

    ScopeState of(Scope scope, boolean last) {
        return of(scope, last, true);
    }

    /// @param last whether no call is made any more, or none that is not on record
    /// @param underWay whether calls on their way are saved
    ScopeState of(Scope scope, boolean last, boolean underWay) {
        scope.advance(now);
        long[] ended = scope.leases().ended().toArray();
        int kept = scope.ceiling().inForce().isPresent() ? ended.length : Math.min(ended.length, MOST_STAMPS);
        List<Instant> stamps = new ArrayList<>();
        for (int at = ended.length - kept; at < ended.length; at++) {
            stamps.add(calendar(ended[at]));
        }
        for (int flying = 0; underWay && flying < scope.leases().inFlight(); flying++) {
            stamps.add(calendar(now));
        }
        long until = scope.pause().until();
        return new ScopeState(
                scope.name(),
                today,
                last,
                stamps,
                scope.learned(this::calendar),
                scope.inFlightHeld(),
                until > now ? Optional.of(calendar(until)) : Optional.empty());
    }

    void into(Scope scope, ScopeState state) {
        state.learned()
                .filter(learned -> learned.burst().isEmpty())
                .ifPresent(learned -> scope.ceiling().restore(learned, past(learned.learnedAt()), now));
        long saved = past(state.savedAt());
        long died = state.last() ? saved : Math.min(now, saved + SAVED_AGAIN_NANOS);
        state.stamps().forEach(stamp -> scope.remember(past(stamp)));
        if (!state.last()) {
            if (scope.mayBurst()) {
                assumeBurst(scope, died);
            } else {
                scope.ceiling().tightest().ifPresent(limit -> assume(scope, limit, saved));
            }
        }
        // a bucket that is paced by may be emptied at once: it is taken to be empty at the last moment possible
        state.learned()
                .filter(learned -> learned.burst().isPresent())
                .ifPresent(learned -> scope.restoreRate(learned, past(learned.learnedAt()), died));
        state.inFlight().ifPresent(calls -> scope.restoreInFlight(calls, now));
        state.pausedUntil().ifPresent(until -> scope.pause().restore(nanos(until), "rate-limited before the restart"));
    }

    private void assume(Scope scope, PacedLimit limit, long saved) {
        if (saved == now) {
            return;
        }
        long gap = Math.max(1, limit.gapNanos() == 0 ? limit.windowNanos() : limit.gapNanos());
        long from = Math.max(saved, now - limit.windowNanos());
        long calls = Math.min(
                limit.limit().permits(), limit.mostCalls(scope.leases().ended().toArray(), from, now) + 1);
        for (long call = calls - 1; call >= 0; call--) {
            scope.remember(now - call * gap);
        }
    }

    private static void assumeBurst(Scope scope, long died) {
        long calls = scope.room(died, MOST_UNSAVED);
        for (long call = 0; call < calls; call++) {
            scope.remember(died);
        }
    }

    private Instant calendar(long nanos) {
        return today.plusNanos(nanos - now);
    }

    private long past(Instant moment) {
        return Math.min(now, nanos(moment));
    }

    private long nanos(Instant moment) {
        return now - clamped(Duration.between(moment, today));
    }

    private static long clamped(Duration ago) {
        if (ago.compareTo(LONG_AGO) > 0) {
            return LONG_AGO.toNanos();
        }
        return ago.compareTo(LONG_AGO.negated()) < 0 ? -LONG_AGO.toNanos() : ago.toNanos();
    }
}
