package dev.tactus.source;

import java.time.Duration;

/// Lets the calling thread rest; tests put one in that doesn't.
@FunctionalInterface
interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
}
