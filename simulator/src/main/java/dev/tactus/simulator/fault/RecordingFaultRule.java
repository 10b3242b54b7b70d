package dev.tactus.simulator.fault;

import dev.tactus.music.identifiers.Isrc;
import java.time.Duration;
import java.util.Set;

/// A fault of recordings: which ones have it is drawn from the seed and never changes.
///
/// @param path the prefix of the paths that show it; empty for all that can
/// @param share of the recordings, from 0 to 1
/// @param isrcs these besides
/// @param asks how often a track is asked for in vain before it is well again, on each endpoint and day; 0 for always
/// @param from since the first request
/// @param until since the first request
public record RecordingFaultRule(
        String path, ItemFault fault, double share, Set<Isrc> isrcs, int asks, Duration from, Duration until) {
    public RecordingFaultRule {
        isrcs = Set.copyOf(isrcs);
    }

    /// A lasting fault of a share of the recordings.
    public static RecordingFaultRule share(double share, ItemFault fault) {
        return new RecordingFaultRule("", fault, share, Set.of(), 0, Duration.ZERO, FaultSchedule.FOR_EVER);
    }

    /// A lasting fault of these recordings.
    public static RecordingFaultRule of(ItemFault fault, Isrc... isrcs) {
        return new RecordingFaultRule("", fault, 0, Set.of(isrcs), 0, Duration.ZERO, FaultSchedule.FOR_EVER);
    }

    /// The same for the first few asks only.
    public RecordingFaultRule forAsks(int changed) {
        return new RecordingFaultRule(path, fault, share, isrcs, changed, from, until);
    }

    /// The same on one path only.
    public RecordingFaultRule on(String changed) {
        return new RecordingFaultRule(changed, fault, share, isrcs, asks, from, until);
    }

    /// Whether it never goes away and was always there.
    boolean lasts() {
        return asks == 0 && from.isZero() && until.equals(FaultSchedule.FOR_EVER);
    }

    public boolean isOn(Duration elapsed) {
        return elapsed.compareTo(from) >= 0 && elapsed.compareTo(until) < 0;
    }

    boolean showsAt(SimulatedEndpoint endpoint) {
        return fault.showsAt(endpoint) && endpoint.path().startsWith(path);
    }
}
