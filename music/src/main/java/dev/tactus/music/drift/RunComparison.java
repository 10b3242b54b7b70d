package dev.tactus.music.drift;

import dev.tactus.music.Severity;
import dev.tactus.music.Track;
import dev.tactus.music.matching.Credit;
import dev.tactus.music.matching.Title;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a service had under an ISRC beside what it has now.
///
/// @param before never empty
record RunComparison(List<Track> before, List<Track> now, Duration precision) {

    List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        trackIds().ifPresent(differences::add);
        boolean shared = before.stream().anyMatch(track -> !withId(track.id()).isEmpty());
        if (shared) {
            before.forEach(track -> differences.addAll(compare(track, withId(track.id()))));
        } else if (!now.isEmpty()) {
            differences.addAll(closest());
        }
        return differences.stream().distinct().toList();
    }

    /// Of the earlier tracks the one that the present ones contradict least.
    private List<Difference> closest() {
        List<Difference> least = compare(before.getFirst(), now);
        for (Track track : before) {
            List<Difference> differences = compare(track, now);
            if (differences.size() < least.size()) {
                least = differences;
            }
        }
        return least;
    }

    private List<Track> withId(String id) {
        return now.stream().filter(track -> track.id().equals(id)).toList();
    }

    private List<Difference> compare(Track was, List<Track> is) {
        if (is.isEmpty()) {
            return List.of();
        }
        TrackComparison comparison = new TrackComparison(
                was.isrc(),
                new Title(was.title()),
                was.artists().isEmpty() ? null : Credit.of(was.artists()),
                artistIds(was),
                OptionalLong.of(was.durationMs()),
                was.explicit(),
                is,
                precision);
        return Stream.of(
                        mapping(was, is),
                        comparison.titleDifference(),
                        comparison.artistsDifference(),
                        comparison.durationDifference(),
                        comparison.explicitDifference())
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Difference> mapping(Track was, List<Track> is) {
        if (is.stream().anyMatch(track -> track.isrc().equals(was.isrc()))) {
            return Optional.empty();
        }
        return Optional.of(new Difference(
                was.isrc(),
                "isrc_mapping",
                was.isrc().value(),
                is.getFirst().isrc().value(),
                Severity.CRITICAL));
    }

    private Optional<Difference> trackIds() {
        Set<String> had = ids(before);
        Set<String> has = ids(now);
        if (had.equals(has)) {
            return Optional.empty();
        }
        return Optional.of(new Difference(
                before.getFirst().isrc(),
                "track_ids",
                String.join(",", had),
                String.join(",", has),
                has.containsAll(had) ? Severity.INFO : Severity.WARNING));
    }

    private static Set<String> ids(List<Track> tracks) {
        return tracks.stream().map(Track::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> artistIds(Track track) {
        return track.artists().stream()
                .flatMap(artist -> Optional.ofNullable(artist.id()).stream())
                .sorted()
                .toList();
    }
}
