package dev.tactus.gateway.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How much of one limit an application has used at a moment.
///
/// @param limit as usage names it
/// @param most what can be used of it at once: its permits, or a bucket's burst
/// @param used so much of that
/// @param returns how used permits come back
/// @param freshAt when all of it is free again if nothing more is used
public record QuotaUse(
        String application, MeteredLimit limit, long most, long used, PermitReturn returns, Instant freshAt) {
    /// How permits that were used come back.
    public enum PermitReturn {
        /// All at once, when the window ends.
        TOGETHER,
        /// Each a window after it was used.
        EACH,
        /// Evenly, at the limit's rate.
        EVENLY
    }

    /// Which limit of which application.
    ///
    /// @param limit as usage names it
    public record Of(String application, String limit) {}

    /// Whose it is.
    public Of of() {
        return new Of(application, limit.name());
    }

    /// From 0 to 1.
    public double share() {
        return (double) used / most;
    }

    /// When nothing of it is left, if the application goes on at a rate; nothing where it lasts.
    ///
    /// @param perSecond what it uses
    public Optional<Instant> exhausted(double perSecond, Instant now) {
        double window = limit.limit().window().toMillis() / 1000.0;
        double allowed = limit.limit().permits() / window;
        double back = switch (returns) {
            case TOGETHER -> 0;
            case EACH -> used / window;
            case EVENLY -> allowed;
        };
        boolean lasts = returns != PermitReturn.TOGETHER && perSecond <= allowed;
        if (lasts || perSecond <= back) {
            return Optional.empty();
        }
        Instant when = now.plus(Duration.ofMillis((long) (1000 * (most - used) / (perSecond - back))));
        return returns == PermitReturn.TOGETHER && !when.isBefore(freshAt) ? Optional.empty() : Optional.of(when);
    }
}
