package dev.tactus.music.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tactus.music.Artist;
import dev.tactus.music.Recording;
import dev.tactus.music.Severity;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftAgainstCatalogTest {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Recording MASTER = SampleTracks.recording("Song", "Falco", 251_667L, false);
    private final DriftDetector detector = new DriftDetector();

    @Test
    void findsNothingWhereAllAgrees() {
        assertThat(detector.againstCatalog(MASTER, List.of(SampleTracks.track("a")), MILLISECOND))
                .isEmpty();
    }

    @Test
    void comparesTheDurationWithTheTrackThatComesClosest() {
        List<Track> tracks = List.of(
                SampleTracks.track("short", "Song", "Falco", 100_000, false),
                SampleTracks.track("long", "Song", "Falco", 251_000, false));
        assertThat(detector.againstCatalog(MASTER, tracks, MILLISECOND)).isEmpty();
    }

    @Test
    void aTrackOfAnotherIsrcAnswersForNothingElse() {
        Track stranger = new Track(
                "a",
                new Isrc("ATB158500018"),
                "Song",
                List.of(new Artist(null, "Falco")),
                251_667,
                false,
                null,
                null,
                null);
        List<Track> tracks = List.of(stranger, SampleTracks.track("b", "Undecided", "Falco", 251_667, false));
        assertThat(detector.againstCatalog(MASTER, tracks, MILLISECOND))
                .extracting(Difference::field)
                .containsExactly("isrc_mapping", "title");
    }

    @ParameterizedTest
    @CsvSource({"250000", "252000"})
    void takesWholeSecondsForWhatTheyAre(long roundedMs) {
        List<Track> rounded = List.of(SampleTracks.track("a", "Song", "Falco", roundedMs, false));
        assertThat(detector.againstCatalog(MASTER, rounded, SECOND)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2001,0,",
        "2002,0,WARNING",
        "5001,0,WARNING",
        "5002,0,CRITICAL",
        "3000,1,",
        "3001,1,WARNING",
        "6000,1,WARNING",
        "6001,1,CRITICAL",
        "-2001,0,",
        "-5002,0,CRITICAL"
    })
    void judgesADurationByItsDistance(long apartMs, int wholeSeconds, Severity severity) {
        List<Track> tracks = List.of(SampleTracks.track("a", "Song", "Falco", 251_667 + apartMs, false));
        List<Difference> found = detector.againstCatalog(MASTER, tracks, wholeSeconds == 1 ? SECOND : MILLISECOND);
        if (severity == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found)
                    .containsExactly(new Difference(
                            SampleTracks.ISRC, "duration_ms", "251667", Long.toString(251_667 + apartMs), severity));
        }
    }

    @Test
    void letsAFieldAgreeWhereAnyTrackDoes() {
        List<Track> tracks = List.of(
                SampleTracks.track("a", "Song", "Somebody", 900_000, true),
                SampleTracks.track("b", "Another", "Falco", 251_000, false));
        assertThat(detector.againstCatalog(MASTER, tracks, MILLISECOND)).isEmpty();
    }

    @Test
    void comparesNothingTheCatalogDoesNotState() {
        List<Track> tracks = List.of(SampleTracks.track("a", "Anything", "Anyone", 1, true));
        assertThat(detector.againstCatalog(Recording.of(SampleTracks.ISRC), tracks, MILLISECOND))
                .isEmpty();
        assertThat(detector.againstCatalog(SampleTracks.recording(" ", " ", 0L, null), tracks, MILLISECOND))
                .isEmpty();
    }

    @Test
    void comparesNothingTheServiceDoesNotState() {
        Track silent = new Track("a", SampleTracks.ISRC, "Song", List.of(), 251_667, null, null, null, null);
        assertThat(detector.againstCatalog(MASTER, List.of(silent), MILLISECOND))
                .isEmpty();
        assertThat(detector.againstCatalog(MASTER, List.of(), MILLISECOND)).isEmpty();
    }

    @Test
    void warnsOfAnotherExplicitFlag() {
        List<Track> tracks = List.of(SampleTracks.track("a", "Song", "Falco", 251_667, true));
        assertThat(detector.againstCatalog(MASTER, tracks, MILLISECOND))
                .containsExactly(new Difference(SampleTracks.ISRC, "explicit", "false", "true", Severity.WARNING));
    }

    @Test
    void onlyNotesAnotherScript() {
        Recording master = SampleTracks.recording("Kirari", "Fujii Kaze", null, null);
        List<Track> tracks = List.of(SampleTracks.track("a", "きらり", "藤井 風", 230_000, false));
        assertThat(detector.againstCatalog(master, tracks, MILLISECOND))
                .extracting(Difference::field, Difference::severity)
                .containsExactly(tuple("title", Severity.INFO), tuple("artists", Severity.INFO));
    }

    @Test
    void findsTheGuestInTheTitleOfTheOtherSide() {
        Recording named = SampleTracks.recording("Song", "Falco feat. Guest", null, null);
        assertThat(detector.againstCatalog(
                        named, List.of(SampleTracks.track("a", "Song (feat. Guest)", "Falco", 1, null)), MILLISECOND))
                .extracting(Difference::field, Difference::severity)
                .containsExactly(tuple("title", Severity.INFO));
        Recording titled = SampleTracks.recording("Song (feat. Guest)", "Falco", null, null);
        assertThat(detector.againstCatalog(
                        titled,
                        List.of(SampleTracks.track("a", "Song (feat. Guest)", "Falco;Guest", 1, null)),
                        MILLISECOND))
                .isEmpty();
    }

    @Test
    void takesAnotherTitleByAnotherArtistForAWrongMapping() {
        List<Track> tracks = List.of(SampleTracks.track("a", "Undecided", "The Masters", 251_667, false));
        assertThat(detector.againstCatalog(MASTER, tracks, MILLISECOND))
                .contains(new Difference(
                        SampleTracks.ISRC,
                        "isrc_mapping",
                        "Song by Falco",
                        "Undecided by The Masters",
                        Severity.CRITICAL))
                .extracting(Difference::field)
                .containsExactly("isrc_mapping", "title", "artists");
    }

    @Test
    void reportsATrackOfAnotherIsrcAndJudgesNoFieldByIt() {
        Track stranger = new Track(
                "b", new Isrc("ATB158500018"), "Other", List.of(new Artist(null, "Other")), 1, true, null, null, null);
        assertThat(detector.againstCatalog(MASTER, List.of(SampleTracks.track("a"), stranger), MILLISECOND))
                .containsExactly(new Difference(
                        SampleTracks.ISRC, "isrc_mapping", "USUM72409273", "ATB158500018", Severity.CRITICAL));
    }
}
