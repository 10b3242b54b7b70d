package dev.tactus.ledger.catalog;

import dev.tactus.ledger.codec.IsrcNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How old a resolution may be before the source is asked again.
///
/// Track ids are looked up again once a period, each recording at a moment of its own, so that ids which were found
/// together don't go stale together: of a period of 30 days a thirtieth of the catalog is due each day.
///
/// @param now the moment it is about
/// @param period how often found track ids are looked up again, at least a second
/// @param absentSince an absence established before this is asked again
/// @param asks how often the source must have said so before an absence is believed, 1 or more
public record Freshness(Instant now, Duration period, Instant absentSince, int asks) {
    private static final int MOMENTS = 4096;

    /// Odd, and the golden section of the moments: numbers that follow one another, as a label's do, lie far apart.
    private static final int STRIDE = 2531;

    /// When a recording was due last; `%s` is its column, the values are twice each `now` and `periodMicros`.
    public static final String DUE =
            "(? - ((? - (%%s %%%% %1$d * %2$d %%%% %1$d) * (? / %1$d)) %%%% ?))".formatted(MOMENTS, STRIDE);

    /// Holds for a fresh row `x` of `resolution`; its values are twice each `now` and `periodMicros`, then `asks` and
    /// `absentSince`. The moment of a recording comes from its number.
    public static final String SQL = """
            ((x.asked = 0 AND x.at >= %s)
              OR (x.asked >= ? AND x.at >= ?))""".formatted(DUE.formatted("x.recording"));

    public Freshness {
        if (asks < 1) {
            throw new IllegalArgumentException("an absence takes 1 or more asks, not " + asks);
        }
        if (period.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("ids are looked up again after a second or more, not " + period);
        }
    }

    /// Asked twice, as a search that finds nothing may be wrong once.
    ///
    /// @param absent how long an absence is believed
    public static Freshness of(Instant now, Duration period, Duration absent) {
        return new Freshness(now, period, now.minus(absent), 2);
    }

    /// Whether the source need not be asked again.
    public boolean holds(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Found found ->
                ChronoUnit.MICROS.between(Instant.EPOCH, found.at()) >= dueMicros(IsrcNumber.of(found.isrc()));
            case Resolution.Absent absent ->
                absent.asked() >= asks && !absent.at().isBefore(absentSince);
        };
    }

    public long periodMicros() {
        return period.toNanos() / 1000;
    }

    /// When a recording was due last.
    private long dueMicros(long recording) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        return micros - (micros - recording % MOMENTS * STRIDE % MOMENTS * (periodMicros() / MOMENTS)) % periodMicros();
    }
}
