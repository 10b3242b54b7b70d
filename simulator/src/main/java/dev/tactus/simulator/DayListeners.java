package dev.tactus.simulator;

import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import java.util.List;

/// Who heard a track on one day.
///
/// @param counts one a territory
/// @param demographics the counts broken down; a territory's parts add up to its count
public record DayListeners(List<ListenerCount> counts, List<Demographic> demographics) {
    static final DayListeners NONE = new DayListeners(List.of(), List.of());

    public DayListeners {
        counts = List.copyOf(counts);
        demographics = List.copyOf(demographics);
    }
}
