package dev.tactus.music.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.music.Artist;
import dev.tactus.music.Severity;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftAgainstLastRunTest {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private final DriftDetector detector = new DriftDetector();

    @Test
    void findsNothingInARecordingThatWasNeverSeen() {
        assertThat(detector.againstLastRun(List.of(), List.of(SampleTracks.track("a")), MILLISECOND))
                .isEmpty();
    }

    @Test
    void findsNothingWhereNothingChanged() {
        List<Track> tracks =
                List.of(SampleTracks.track("a"), SampleTracks.track("b", "Song (Live)", "Falco", 300_000, true));
        assertThat(detector.againstLastRun(tracks, tracks.reversed(), MILLISECOND))
                .isEmpty();
    }

    @Test
    void comparesEachTrackWithItself() {
        List<Track> before = List.of(SampleTracks.track("a"), SampleTracks.track("b"));
        List<Track> now =
                List.of(SampleTracks.track("a"), SampleTracks.track("b", "Undecided", "Falco", 251_667, true));
        assertThat(detector.againstLastRun(before, now, MILLISECOND))
                .containsExactly(
                        new Difference(SampleTracks.ISRC, "title", "Song", "Undecided", Severity.CRITICAL),
                        new Difference(SampleTracks.ISRC, "explicit", "false", "true", Severity.WARNING));
    }

    @Test
    void notesANewTrackAndWarnsOfALostOne() {
        List<Track> one = List.of(SampleTracks.track("a"));
        List<Track> two = List.of(SampleTracks.track("a"), SampleTracks.track("b"));
        assertThat(detector.againstLastRun(one, two, MILLISECOND))
                .containsExactly(new Difference(SampleTracks.ISRC, "track_ids", "a", "a,b", Severity.INFO));
        assertThat(detector.againstLastRun(two, one, MILLISECOND))
                .containsExactly(new Difference(SampleTracks.ISRC, "track_ids", "a,b", "a", Severity.WARNING));
        assertThat(detector.againstLastRun(one, List.of(), MILLISECOND))
                .containsExactly(new Difference(SampleTracks.ISRC, "track_ids", "a", "", Severity.WARNING));
    }

    @Test
    void comparesAnyWithAnyAfterARelinking() {
        List<Track> before =
                List.of(SampleTracks.track("a", "Song (Live)", "Falco", 300_000, true), SampleTracks.track("b"));
        assertThat(detector.againstLastRun(before, List.of(SampleTracks.track("c")), MILLISECOND))
                .containsExactly(new Difference(SampleTracks.ISRC, "track_ids", "a,b", "c", Severity.WARNING));
    }

    @Test
    void afterARelinkingTellsWhatTheClosestTrackSaysOtherwise() {
        List<Track> before = List.of(
                SampleTracks.track("a", "Another", "Falco", 300_000, true),
                SampleTracks.track("b", "Undecided", "Falco", 251_667, false));
        assertThat(detector.againstLastRun(before, List.of(SampleTracks.track("c")), MILLISECOND))
                .extracting(Difference::field)
                .containsExactly("track_ids", "title");
    }

    @Test
    void aTrackThatIsGoneIsComparedWithNoOther() {
        List<Track> before =
                List.of(SampleTracks.track("a"), SampleTracks.track("b", "Undecided", "Falco", 251_667, false));
        assertThat(detector.againstLastRun(before, List.of(SampleTracks.track("a")), MILLISECOND))
                .extracting(Difference::field)
                .containsExactly("track_ids");
    }

    @Test
    void seesATrackMoveToAnotherIsrc() {
        Track moved = new Track(
                "a",
                new Isrc("ATB158500018"),
                "Song",
                List.of(new Artist(null, "Falco")),
                251_667,
                false,
                null,
                null,
                null);
        assertThat(detector.againstLastRun(List.of(SampleTracks.track("a")), List.of(moved), MILLISECOND))
                .containsExactly(new Difference(
                        SampleTracks.ISRC, "isrc_mapping", "USUM72409273", "ATB158500018", Severity.CRITICAL));
    }

    @Test
    void trustsAnArtistsIdMoreThanTheName() {
        Track was = by("7", "Prince");
        assertThat(detector.againstLastRun(List.of(was), List.of(by("7", "The Artist")), MILLISECOND))
                .isEmpty();
        assertThat(detector.againstLastRun(List.of(was), List.of(by("8", "The Artist")), MILLISECOND))
                .containsExactly(
                        new Difference(SampleTracks.ISRC, "artists", "Prince", "The Artist", Severity.CRITICAL));
    }

    private static Track by(String id, String name) {
        return new Track(
                "a", SampleTracks.ISRC, "Song", List.of(new Artist(id, name)), 251_667, false, null, null, null);
    }
}
