package dev.tactus.simulator;

import java.nio.file.Path;

/// How a simulated service behaves: its limits, its latency, its faults.
@SuppressWarnings("DoNotCallSuggester")
public record Behaviour() {
    public static Behaviour faultless() {
        return new Behaviour();
    }

    public static Behaviour read(Path file) {
        throw new UnsupportedOperationException("being built: " + file);
    }
}
