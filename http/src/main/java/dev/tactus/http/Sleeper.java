package dev.tactus.http;

import java.time.Duration;

/// Pauses the calling thread; tests pass one that only records.
@FunctionalInterface
public interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
}
