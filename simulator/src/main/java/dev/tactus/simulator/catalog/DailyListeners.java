package dev.tactus.simulator.catalog;

import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import java.util.List;

/// Who heard a track on one day.
///
/// @param counts one a territory
/// @param demographics the counts broken down; a territory's parts add up to its count
public record DailyListeners(List<ListenerCount> counts, List<Demographic> demographics) {
    static final DailyListeners NONE = new DailyListeners(List.of(), List.of());

    public DailyListeners {
        counts = List.copyOf(counts);
        demographics = List.copyOf(demographics);
    }
}
