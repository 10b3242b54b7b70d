package dev.tactus.simulator.catalog;

import dev.tactus.music.Recording;
import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What the simulated service offers, and what the label's own catalog says about it, before any fault. Every method is
/// a pure function, so that a test can compute what a lake should hold. Thread-safe.
public interface ServedCatalog {
    /// How many recordings there are.
    long recordings();

    /// The label's row of a recording.
    ///
    /// @param index from 0 to `recordings() − 1`
    Recording recording(long index);

    /// The tracks of a recording, at least one for a recording of this catalog; none for another ISRC.
    List<Track> tracksOf(Isrc isrc);

    Optional<Track> track(String trackId);

    Audience audience();

    /// What the service counts for a track on a day; nothing for an unknown track.
    default List<StreamCount> streams(String trackId, LocalDate day) {
        return track(trackId).map(track -> audience().streams(track, day)).orElse(List.of());
    }

    /// Who heard a track on a day; nobody for an unknown track.
    default DailyListeners listeners(String trackId, LocalDate day) {
        return track(trackId).map(track -> audience().listeners(track, day)).orElse(DailyListeners.NONE);
    }
}
