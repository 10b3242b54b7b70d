package dev.tactus.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What one scope knows and has spent, kept so that a restart neither exceeds a limit nor learns it again.
///
/// @param scope `token` or a path prefix
/// @param savedAt when this was written down; calls between then and the restart are assumed to have been made
/// @param last whether no call was made afterwards: its process ended in order
/// @param stamps when the calls that still count were answered, oldest first
/// @param learned what was found out
/// @param inFlight how many calls may be under way at once, where that was found out
/// @param pausedUntil end of a pause in force
public record ScopeState(
        String scope,
        Instant savedAt,
        boolean last,
        List<Instant> stamps,
        Optional<LearnedCeiling> learned,
        OptionalInt inFlight,
        Optional<Instant> pausedUntil) {

    /// A scope that has no limit of calls under way at once, as far as is known.
    public ScopeState(
            String scope,
            Instant savedAt,
            List<Instant> stamps,
            Optional<LearnedCeiling> learned,
            Optional<Instant> pausedUntil) {
        this(scope, savedAt, false, stamps, learned, OptionalInt.empty(), pausedUntil);
    }

    public ScopeState {
        ScopedLimit.requireScope(scope);
        stamps = List.copyOf(stamps);
    }

    /// A limit that was found out.
    ///
    /// @param limit what a window holds, or what comes back into a bucket in which time
    /// @param learnedAt when it last changed
    /// @param probeEvery time between attempts to raise it; it grows with every failure, so it measures confidence
    /// @param burst what the bucket holds when it is full, 1 for spacing; empty for a window
    public record LearnedCeiling(Limit limit, Instant learnedAt, Duration probeEvery, OptionalInt burst) {
        /// A window.
        public LearnedCeiling(Limit limit, Instant learnedAt, Duration probeEvery) {
            this(limit, learnedAt, probeEvery, OptionalInt.empty());
        }
    }

    /// The same without what was learned and without the pause; the calls that were made still count.
    public ScopeState forgotten() {
        return new ScopeState(scope, savedAt, last, stamps, Optional.empty(), OptionalInt.empty(), Optional.empty());
    }

    /// The end of the pause, where it is still to come.
    public Optional<Instant> closedUntil(Instant now) {
        return pausedUntil.filter(now::isBefore);
    }

    /// One line of text that [#parse] reads; to the millisecond, rounded so that nothing is freed early by it.
    public String encode() {
        return ScopeStateText.write(this);
    }

    /// Reads what [#encode] wrote.
    ///
    /// @throws IllegalArgumentException if it is anything else
    public static ScopeState parse(String line) {
        return ScopeStateText.read(line);
    }
}
