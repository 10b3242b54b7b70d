package dev.tactus.ledger;

import java.time.Instant;

/// How old a resolution may be before the source is asked again.
///
/// @param foundSince track ids found before this are asked for again
/// @param absentSince an absence established before this is asked again
/// @param asks how often the source must have said so before an absence is believed, 1 or more
public record Freshness(Instant foundSince, Instant absentSince, int asks) {
    public Freshness {
        if (asks < 1) {
            throw new IllegalArgumentException("an absence takes 1 or more asks, not " + asks);
        }
    }

    /// Asked twice, as a search that finds nothing may be wrong once.
    public static Freshness since(Instant foundSince, Instant absentSince) {
        return new Freshness(foundSince, absentSince, 2);
    }
}
