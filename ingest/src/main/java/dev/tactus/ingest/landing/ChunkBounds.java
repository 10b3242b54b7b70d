package dev.tactus.ingest.landing;

import java.time.Duration;

/// How much a chunk holds before it is sealed. What isn't sealed is fetched again after a crash.
///
/// @param rows of all tables
/// @param bytes of memory, roughly
/// @param items with an outcome
/// @param age since its first row
public record ChunkBounds(long rows, long bytes, int items, Duration age) {
    public static ChunkBounds defaults() {
        return new ChunkBounds(400_000, 48L << 20, 5_000, Duration.ofSeconds(20));
    }
}
