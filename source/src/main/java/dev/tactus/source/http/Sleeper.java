package dev.tactus.source.http;

import java.time.Duration;

/// Lets the calling thread rest; tests put one in that doesn't.
@FunctionalInterface
public interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
}
