package dev.tactus.limits;

import java.time.Duration;
import java.util.List;

/// What a {@link Pacer} is told beforehand.
///
/// @param known limits that are known; several may share a scope
/// @param paths path prefixes whose limits are learned separately, beside those of `known`
/// @param longestWait callers wait for a pause up to this long; a longer one answers {@link Admission.Paused}
/// @param lostMargin how much longer than a call's deadline its slot is held when no answer came
/// @param assumedWindow the window of limits that are not known
/// @param windowKnown whether that window is certain; if not, it is only the likeliest, and windows are learned too
public record PacerSettings(
        List<ScopedLimit> known,
        List<String> paths,
        Duration longestWait,
        Duration lostMargin,
        Duration assumedWindow,
        boolean windowKnown) {

    public PacerSettings {
        known = List.copyOf(known);
        paths = List.copyOf(paths);
        paths.forEach(ScopedLimit::requireScope);
        requirePositive("longestWait", longestWait);
        requirePositive("assumedWindow", assumedWindow);
        if (lostMargin.isNegative()) {
            throw new IllegalArgumentException("lostMargin must not be negative: " + lostMargin);
        }
    }

    /// With an assumed window of a minute, the commonest.
    public PacerSettings(List<ScopedLimit> known, List<String> paths, Duration longestWait, Duration lostMargin) {
        this(known, paths, longestWait, lostMargin, Duration.ofMinutes(1), false);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }
}
