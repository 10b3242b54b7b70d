package dev.tactus.limits.learning;

/// What answers leave of N under one hypothesis of how a server counts.
///
/// A count is taken when a call arrives, which is known only between its sending and its answer. While one call of many
/// is under way, *around* others may have arrived before or after it, so that a count is off by about the root of
/// around. Bounds that miss each other by no more than twice that, and one, don't contradict each other; a count that
/// nothing could have shuffled is taken as it is. Not thread-safe.
final class PermitRange {
    private final AnswerHistory history;
    private final long leadIn;
    private int low = 1;
    private int high = Integer.MAX_VALUE;
    private int slack;
    private int surelyLow = 1;
    private int surelyHigh = Integer.MAX_VALUE;

    /// @param leadIn of a history whose beginning is lost, refusals so soon after it say nothing; nanoseconds
    PermitRange(AnswerHistory history, long leadIn) {
        this.history = history;
        this.leadIn = leadIn;
    }

    /// The bounds that came out.
    ///
    /// @param low the least N that every acceptance allows
    /// @param high the most N that every refusal allows
    /// @param slack what a count may be off by, as a rule
    /// @param fits whether low exceeds high by no more than what may have been shuffled
    record Bounds(int low, int high, int slack, boolean fits) {

        /// Whether something was refused and everything fits. A refusal where nothing had been used fits no limit.
        boolean consistent() {
            return high >= 1 && high != Integer.MAX_VALUE && fits;
        }

        /// How much room the answers leave; less than zero if only what was shuffled makes them agree.
        int width() {
            return high - low;
        }

        int likeliest() {
            return high >= low ? high : (high + low + 1) / 2;
        }
    }

    /// The next answer.
    ///
    /// @param used what the server had counted when the call arrived
    /// @param edged whether calls had left that count, and so may have left it sooner or later
    void saw(int place, double used, boolean edged) {
        if (!history.testifies(place)) {
            return;
        }
        if (history.accepted(place)) {
            int least = (int) Math.floor(used) + 1;
            low = Math.max(low, least);
            if (least > surelyLow) {
                surelyLow = Math.max(surelyLow, least - shuffled(place, least, edged, Tunables.WIDE));
            }
        } else if (history.complete() || history.arrival(place) - history.arrival(0) >= leadIn) {
            int most = (int) Math.ceil(used);
            high = Math.min(high, most);
            surelyHigh = Math.min(surelyHigh, most + shuffled(place, most, edged, Tunables.WIDE));
            slack = Math.max(slack, shuffled(place, most, edged, 1));
        }
    }

    private int shuffled(int place, int used, boolean edged, double times) {
        int around = history.around(place);
        return around == 0 && !edged
                ? 0
                : Math.min(1 + (int) (times * Math.sqrt(around)), Math.max(1, used / Tunables.SHUFFLED));
    }

    Bounds bounds() {
        return new Bounds(low, high, slack, surelyHigh >= surelyLow);
    }
}
