package dev.tactus.simulator;

import java.net.URI;

/// A DSP on this machine.
@SuppressWarnings("DoNotCallSuggester")
public final class Simulator implements AutoCloseable {
    public static Simulator start(SimulatorSettings settings) {
        throw new UnsupportedOperationException("being built: " + settings);
    }

    public int port() {
        throw new UnsupportedOperationException();
    }

    public URI baseUri() {
        throw new UnsupportedOperationException();
    }

    /// What is served, before any fault.
    public ServedCatalog catalog() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
