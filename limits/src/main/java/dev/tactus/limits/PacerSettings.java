package dev.tactus.limits;

import java.time.Duration;
import java.util.List;

/// What a [Pacer] is told beforehand.
///
/// @param known limits that are known; several may share a scope
/// @param paths path prefixes whose limits are learned separately, beside those of `known`
/// @param longestWait callers wait for a pause up to this long; a longer one answers [Admission.Paused]
/// @param lostMargin how much longer than a call's deadline its slot is held when no answer came
/// @param assumedWindow the window of limits that are not known
/// @param windowKnown whether that window is certain; if not, it is only the likeliest, and windows are learned too
/// @param tolerated the share of calls that may be refused where a limit is known, so that more of a short window is
/// used: 0, no refusal at all, to 0.01
/// @param inFlight limits of what is under way at once
/// @param leave the share of every quota that is left to people and other programs, from 0 to 0.95
public record PacerSettings(
        List<ScopedLimit> known,
        List<String> paths,
        Duration longestWait,
        Duration lostMargin,
        Duration assumedWindow,
        boolean windowKnown,
        double tolerated,
        List<InFlightLimit> inFlight,
        double leave) {
    private static final double MOST_LEFT = 0.95;
    private static final double MOST_TOLERATED = 0.01;

    public PacerSettings {
        known = List.copyOf(known);
        paths = List.copyOf(paths);
        inFlight = List.copyOf(inFlight);
        if (!(leave >= 0 && leave <= MOST_LEFT)) {
            throw new IllegalArgumentException("leave must be from 0 to " + MOST_LEFT + ", not " + leave);
        }
        paths.forEach(ScopedLimit::requireScope);
        requirePositive("longestWait", longestWait);
        requirePositive("assumedWindow", assumedWindow);
        if (!(tolerated >= 0 && tolerated <= MOST_TOLERATED)) {
            throw new IllegalArgumentException("tolerated must be from 0 to " + MOST_TOLERATED + ", not " + tolerated);
        }
        if (lostMargin.isNegative()) {
            throw new IllegalArgumentException("lostMargin must not be negative: " + lostMargin);
        }
    }

    /// With an assumed window of a minute, the commonest; no refusal is tolerated.
    public PacerSettings(List<ScopedLimit> known, List<String> paths, Duration longestWait, Duration lostMargin) {
        this(known, paths, longestWait, lostMargin, Duration.ofMinutes(1), false, 0, List.of(), 0);
    }

    /// The same with another window for limits that are not known.
    ///
    /// @param certain whether it is that one and no other
    public PacerSettings withWindow(Duration window, boolean certain) {
        return new PacerSettings(known, paths, longestWait, lostMargin, window, certain, tolerated, inFlight, leave);
    }

    /// The same with that share of refusals tolerated where a limit is known.
    public PacerSettings tolerating(double share) {
        return new PacerSettings(
                known, paths, longestWait, lostMargin, assumedWindow, windowKnown, share, inFlight, leave);
    }

    /// The same with limits of what is under way at once.
    public PacerSettings withInFlight(List<InFlightLimit> limits) {
        return new PacerSettings(
                known, paths, longestWait, lostMargin, assumedWindow, windowKnown, tolerated, limits, leave);
    }

    /// The same, leaving that share of every quota to others.
    public PacerSettings leaving(double share) {
        return new PacerSettings(
                known, paths, longestWait, lostMargin, assumedWindow, windowKnown, tolerated, inFlight, share);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }
}
