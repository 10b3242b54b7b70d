package dev.tactus.ingest.landing;

import dev.tactus.ledger.runs.RunNotes;
import dev.tactus.music.Dataset;
import dev.tactus.source.response.TrackOutcome;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Counts what lands incomplete, for the summary of the run: which territories failed for how many recordings, and how
/// many recordings have no listeners because the source does not report them.
public final class TerritoryGaps {
    static final String STREAMS_WITHOUT_TERRITORY = "streams_without_territory";
    static final String LISTENERS_WITHOUT_TERRITORY = "listeners_without_territory";
    public static final String LISTENERS_UNAVAILABLE = "listeners_unavailable";

    private final TreeMap<Note, Long> counts = new TreeMap<>();

    private record Note(String kind, String text) implements Comparable<Note> {
        @Override
        public int compareTo(Note other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : text.compareTo(other.text);
        }
    }

    void add(SettledItem item) {
        item.tracks().stream()
                .flatMap(track -> failedTerritories(track.outcome()))
                .distinct()
                .forEach(note -> counts.merge(note, 1L, Long::sum));
        if (item.dataset() == Dataset.LISTENERS
                && item.verdict().reason().filter("unavailable"::equals).isPresent()) {
            counts.merge(new Note(LISTENERS_UNAVAILABLE, ""), 1L, Long::sum);
        }
    }

    void write(RunNotes notes, String runId) {
        counts.forEach((note, count) -> notes.add(runId, note.kind(), note.text(), count));
    }

    void clear() {
        counts.clear();
    }

    private static Stream<Note> failedTerritories(TrackOutcome reading) {
        return switch (reading) {
            case TrackOutcome.Streams streams -> notes(STREAMS_WITHOUT_TERRITORY, streams.failedTerritories());
            case TrackOutcome.Listeners listeners -> notes(LISTENERS_WITHOUT_TERRITORY, listeners.failedTerritories());
            case TrackOutcome.TrackFound _,
                    TrackOutcome.Unavailable _,
                    TrackOutcome.Pending _,
                    TrackOutcome.Missing _,
                    TrackOutcome.Rejected _ -> Stream.empty();
        };
    }

    private static Stream<Note> notes(String kind, List<String> territories) {
        return territories.stream().map(territory -> new Note(kind, territory));
    }
}
