package dev.tactus.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftAgainstLastRunTest {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private final DriftDetector detector = new DriftDetector();

    @Test
    void findsNothingInARecordingThatWasNeverSeen() {
        assertThat(detector.againstLastRun(List.of(), List.of(Some.track("a")), MILLISECOND))
                .isEmpty();
    }

    @Test
    void findsNothingWhereNothingChanged() {
        List<Track> tracks = List.of(Some.track("a"), Some.track("b", "Song (Live)", "Falco", 300_000, true));
        assertThat(detector.againstLastRun(tracks, tracks.reversed(), MILLISECOND))
                .isEmpty();
    }

    @Test
    void comparesEachTrackWithItself() {
        List<Track> before = List.of(Some.track("a"), Some.track("b"));
        List<Track> now = List.of(Some.track("a"), Some.track("b", "Undecided", "Falco", 251_667, true));
        assertThat(detector.againstLastRun(before, now, MILLISECOND))
                .containsExactly(
                        new Difference(Some.ISRC, "title", "Song", "Undecided", Severity.CRITICAL),
                        new Difference(Some.ISRC, "explicit", "false", "true", Severity.WARNING));
    }

    @Test
    void notesANewTrackAndWarnsOfALostOne() {
        List<Track> one = List.of(Some.track("a"));
        List<Track> two = List.of(Some.track("a"), Some.track("b"));
        assertThat(detector.againstLastRun(one, two, MILLISECOND))
                .containsExactly(new Difference(Some.ISRC, "track_ids", "a", "a,b", Severity.INFO));
        assertThat(detector.againstLastRun(two, one, MILLISECOND))
                .containsExactly(new Difference(Some.ISRC, "track_ids", "a,b", "a", Severity.WARNING));
        assertThat(detector.againstLastRun(one, List.of(), MILLISECOND))
                .containsExactly(new Difference(Some.ISRC, "track_ids", "a", "", Severity.WARNING));
    }

    @Test
    void comparesAnyWithAnyAfterARelinking() {
        List<Track> before = List.of(Some.track("a", "Song (Live)", "Falco", 300_000, true), Some.track("b"));
        assertThat(detector.againstLastRun(before, List.of(Some.track("c")), MILLISECOND))
                .containsExactly(new Difference(Some.ISRC, "track_ids", "a,b", "c", Severity.WARNING));
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
        assertThat(detector.againstLastRun(List.of(Some.track("a")), List.of(moved), MILLISECOND))
                .containsExactly(
                        new Difference(Some.ISRC, "isrc_mapping", "USUM72409273", "ATB158500018", Severity.CRITICAL));
    }

    @Test
    void trustsAnArtistsIdMoreThanTheName() {
        Track was = by("7", "Prince");
        assertThat(detector.againstLastRun(List.of(was), List.of(by("7", "The Artist")), MILLISECOND))
                .isEmpty();
        assertThat(detector.againstLastRun(List.of(was), List.of(by("8", "The Artist")), MILLISECOND))
                .containsExactly(new Difference(Some.ISRC, "artists", "Prince", "The Artist", Severity.CRITICAL));
    }

    private static Track by(String id, String name) {
        return new Track("a", Some.ISRC, "Song", List.of(new Artist(id, name)), 251_667, false, null, null, null);
    }
}
