package dev.tactus.gateway.quota;

/// How a limit counts.
public enum LimitAlgorithm {
    /// Never more in any window, wherever it starts.
    SLIDING,
    /// Windows aligned to the epoch, each starting anew, so that everybody knows when it resets.
    FIXED,
    /// Windows that start with the first request after the last one has ended.
    FIXED_FROM_FIRST,
    /// A token bucket of `burst`, refilled evenly.
    BUCKET,
    /// One request every window/permits, without bursts.
    SPACING
}
