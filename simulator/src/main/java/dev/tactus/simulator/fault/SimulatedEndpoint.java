package dev.tactus.simulator.fault;

import dev.tactus.simulator.catalog.SplitMix;
import java.util.Optional;

/// What the simulated services answer.
public enum SimulatedEndpoint {
    SEARCH("/v1/search"),
    TRACKS("/v1/tracks"),
    STREAMS("/v1/streams"),
    LISTENERS("/v1/listeners"),
    /// Deezer's look-up of one recording
    DEEZER_TRACK("/track/isrc:");

    private final String path;

    SimulatedEndpoint(String path) {
        this.path = path;
    }

    /// The path, or for Deezer what it begins with.
    public String path() {
        return path;
    }

    /// What keeps the draws of one endpoint apart from another's.
    public long salt() {
        return SplitMix.of(0, path);
    }

    public boolean needsToken() {
        return this != DEEZER_TRACK;
    }

    /// Whether it answers what a recording is, not how it was heard.
    boolean tellsMetadata() {
        return this == SEARCH || this == TRACKS || this == DEEZER_TRACK;
    }

    public static Optional<SimulatedEndpoint> at(String path) {
        for (SimulatedEndpoint endpoint : values()) {
            if (endpoint == DEEZER_TRACK ? path.startsWith(endpoint.path) : path.equals(endpoint.path)) {
                return Optional.of(endpoint);
            }
        }
        return Optional.empty();
    }
}
