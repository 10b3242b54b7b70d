package dev.tactus.sqlite;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Instants as the ledger keeps them: whole microseconds since the epoch.
public final class EpochMicros {
    private EpochMicros() {}

    public static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
