package dev.tactus.source.response;

import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import java.util.List;

/// The outcome for one track of a batch.
public sealed interface TrackOutcome {
    /// Its metadata.
    ///
    /// @param track as the DSP describes it
    record TrackFound(Track track) implements TrackOutcome {}

    /// Its streams of the day; both lists may be empty.
    ///
    /// @param counts each territory once
    /// @param failedTerritories territories the DSP could not report
    record Streams(List<StreamCount> counts, List<String> failedTerritories) implements TrackOutcome {
        public Streams {
            counts = List.copyOf(counts);
            failedTerritories = List.copyOf(failedTerritories);
        }
    }

    /// Its listeners of the day; all lists may be empty.
    ///
    /// @param counts each territory once
    /// @param demographics each territory, age and gender once
    /// @param failedTerritories territories the DSP could not report
    record Listeners(List<ListenerCount> counts, List<Demographic> demographics, List<String> failedTerritories)
            implements TrackOutcome {
        public Listeners {
            counts = List.copyOf(counts);
            demographics = List.copyOf(demographics);
            failedTerritories = List.copyOf(failedTerritories);
        }
    }

    /// The DSP holds the track but will not report it: a sales report has to.
    record Unavailable() implements TrackOutcome {}

    /// The day is not published yet; never a zero.
    record Pending() implements TrackOutcome {}

    /// The DSP left the track out or returned null this time; no proof of absence.
    record Missing() implements TrackOutcome {}

    /// What came back is against the contract.
    record Rejected(PayloadRejection rejection) implements TrackOutcome {}
}
