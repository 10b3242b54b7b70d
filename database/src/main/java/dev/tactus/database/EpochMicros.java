package dev.tactus.database;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Instants as columns keep them: whole microseconds since the epoch.
final class EpochMicros {
    private EpochMicros() {}

    static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
