package dev.tactus.limits;

import java.time.Duration;
import java.time.ZoneId;

/// How a server counts the calls of a limit, as far as a client knows.
///
/// What a kind is proven to allow is used: a client that was idle may use all at once what a log, a window or a bucket
/// has left.
public sealed interface QuotaKind {

    /// Nobody has said: the strictest way of counting N in any W is provided for, and the limit is undercut where it is
    /// refused all the same.
    record Unstated() implements QuotaKind {}

    /// A log of the calls of the last W.
    ///
    /// @param countsRefused whether it holds the calls that it refused, too
    record Sliding(boolean countsRefused) implements QuotaKind {}

    /// A sliding counter: the calls of this window and, weighted by how much of it is still covered, of the one before.
    record Counter() implements QuotaKind {}

    /// Fixed windows, whose seam nobody knows.
    record Fixed() implements QuotaKind {}

    /// Fixed windows that begin with a month, a day, or a part of a day by the clocks of a zone.
    ///
    /// @param zone whose midnights count
    record Calendar(ZoneId zone) implements QuotaKind {
        /// A window of that length stands for a month, however long it is.
        public static final Duration MONTH = Duration.ofDays(31);

        /// Whether windows of a length can be aligned to a calendar: a month, a day, or a part of one without a rest.
        public static boolean aligns(Duration window) {
            Duration day = Duration.ofDays(1);
            return window.equals(MONTH)
                    || (window.compareTo(day) <= 0 && day.toMillis() % Math.max(1, window.toMillis()) == 0);
        }
    }

    /// Fixed windows, of which each begins with the first call after the last one has ended.
    record FromFirst() implements QuotaKind {}

    /// A token bucket that fills up at the rate of the limit.
    ///
    /// @param burst what it holds when it is full
    record Bucket(int burst) implements QuotaKind {
        public Bucket {
            if (burst < 1) {
                throw new IllegalArgumentException("a bucket holds at least 1, not " + burst);
            }
        }
    }

    /// No two calls closer to one another than window over permits, as the server sees them.
    record Spacing() implements QuotaKind {}
}
