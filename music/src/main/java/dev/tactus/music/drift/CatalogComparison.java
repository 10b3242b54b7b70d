package dev.tactus.music.drift;

import dev.tactus.music.Recording;
import dev.tactus.music.Severity;
import dev.tactus.music.Track;
import dev.tactus.music.matching.Credit;
import dev.tactus.music.matching.Title;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A row of the catalog beside what a service has under its ISRC.
record CatalogComparison(Recording master, List<Track> tracks, Duration precision) {

    List<Difference> differences() {
        List<Track> own =
                tracks.stream().filter(t -> t.isrc().equals(master.isrc())).toList();
        List<Difference> differences = new ArrayList<>(strangers());
        TrackComparison comparison = comparison(own);
        Optional<Difference> title = comparison.titleDifference();
        Optional<Difference> artists = comparison.artistsDifference();
        if (isCritical(title) && isCritical(artists)) {
            differences.add(new Difference(
                    master.isrc(),
                    "isrc_mapping",
                    described(
                            title.orElseThrow().expected(),
                            artists.orElseThrow().expected()),
                    described(title.orElseThrow().found(), artists.orElseThrow().found()),
                    Severity.CRITICAL));
        }
        Stream.of(title, artists, comparison.durationDifference(), comparison.explicitDifference())
                .flatMap(Optional::stream)
                .forEach(differences::add);
        return List.copyOf(differences);
    }

    private TrackComparison comparison(List<Track> own) {
        @Nullable String title = master.title();
        @Nullable Long durationMs = master.durationMs();
        return new TrackComparison(
                master.isrc(),
                title == null || title.isBlank() ? null : new Title(title),
                credit(),
                List.of(),
                // A recording of no length is a catalog that doesn't know it.
                durationMs == null || durationMs == 0 ? OptionalLong.empty() : OptionalLong.of(durationMs),
                master.explicit(),
                own,
                precision);
    }

    private @Nullable Credit credit() {
        @Nullable String written = master.artistCredit();
        List<String> names =
                master.artists().stream().filter(name -> !name.isBlank()).toList();
        boolean whole = written != null && !written.isBlank();
        return names.isEmpty() && !whole ? null : new Credit(names, whole ? written : null);
    }

    /// Tracks that the service answered with although they carry another ISRC.
    private List<Difference> strangers() {
        return tracks.stream()
                .filter(track -> !track.isrc().equals(master.isrc()))
                .map(track -> new Difference(
                        master.isrc(),
                        "isrc_mapping",
                        master.isrc().value(),
                        track.isrc().value(),
                        Severity.CRITICAL))
                .distinct()
                .toList();
    }

    private static boolean isCritical(Optional<Difference> difference) {
        return difference.filter(d -> d.severity() == Severity.CRITICAL).isPresent();
    }

    private static String described(String title, String artists) {
        return title + " by " + artists;
    }
}
