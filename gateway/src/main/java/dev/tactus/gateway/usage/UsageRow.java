package dev.tactus.gateway.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What became of one application's requests in one period.
///
/// @param minutes the period's length
public record UsageRow(Totals totals, int minutes, List<OfLimit> limits) {
    public UsageRow {
        limits = List.copyOf(limits);
    }

    /// The application and the period.
    ///
    /// @param minute the period's first, counted from the epoch
    public record Key(String application, long minute) {
        public Instant start() {
            return Instant.ofEpochSecond(minute * 60);
        }
    }

    /// What became of all requests.
    public record Totals(Key key, long admitted, long refused, long turnedAway) {}

    /// What one limit counted.
    ///
    /// @param charged units charged in the period
    /// @param mostCharged in one minute of it
    /// @param shadowed requests that the limit, in shadow mode, would have refused
    public record OfLimit(
            Key key,
            String name,
            int permits,
            Duration window,
            int minutes,
            long charged,
            long mostCharged,
            long refused,
            long shadowed) {

        /// The share of what the limit allows in the period; of its permits, where its window is longer than that.
        public double share() {
            return charged / allowed(Duration.ofMinutes(minutes));
        }

        /// The share of what it allows in a minute that was used in the busiest one.
        public double busiestMinute() {
            return mostCharged / allowed(Duration.ofMinutes(1));
        }

        private double allowed(Duration period) {
            return permits * Math.max(1.0, period.toMillis() / (double) window.toMillis());
        }
    }
}
