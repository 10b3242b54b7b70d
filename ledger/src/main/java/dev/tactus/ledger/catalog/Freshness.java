package dev.tactus.ledger.catalog;

import java.time.Instant;

/// How old a resolution may be before the source is asked again.
///
/// @param foundSince track ids found before this are asked for again
/// @param absentSince an absence established before this is asked again
/// @param asks how often the source must have said so before an absence is believed, 1 or more
public record Freshness(Instant foundSince, Instant absentSince, int asks) {
    /// Holds for a fresh row `x` of `resolution`; its values are `foundSince`, `asks`, `absentSince`.
    public static final String SQL = "((x.asked = 0 AND x.at >= ?) OR (x.asked >= ? AND x.at >= ?))";

    public Freshness {
        if (asks < 1) {
            throw new IllegalArgumentException("an absence takes 1 or more asks, not " + asks);
        }
    }

    /// Asked twice, as a search that finds nothing may be wrong once.
    public static Freshness since(Instant foundSince, Instant absentSince) {
        return new Freshness(foundSince, absentSince, 2);
    }

    /// Whether the source need not be asked again.
    public boolean holds(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Found found -> !found.at().isBefore(foundSince);
            case Resolution.Absent absent ->
                absent.asked() >= asks && !absent.at().isBefore(absentSince);
        };
    }
}
