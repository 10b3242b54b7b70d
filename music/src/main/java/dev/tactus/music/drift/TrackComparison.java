package dev.tactus.music.drift;

import dev.tactus.music.Severity;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.music.matching.Credit;
import dev.tactus.music.matching.Similarity;
import dev.tactus.music.matching.Title;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One statement about a recording beside several tracks: each field is judged by the track that comes closest.
///
/// @param artistIds the service's own ids, where the statement has them; they decide before names do
record TrackComparison(
        Isrc isrc,
        @Nullable Title title,
        @Nullable Credit credit,
        List<String> artistIds,
        OptionalLong durationMs,
        @Nullable Boolean explicit,
        List<Track> tracks,
        Duration precision) {

    private record Judged(String found, Similarity likeness) {}

    Optional<Difference> titleDifference() {
        if (title == null) {
            return Optional.empty();
        }
        Title wanted = title;
        return closest(tracks, track -> new Judged(track.title(), wanted.likeness(new Title(track.title()))))
                .flatMap(best -> difference("title", wanted.text(), best));
    }

    Optional<Difference> artistsDifference() {
        if (credit == null) {
            return Optional.empty();
        }
        Credit wanted = credit;
        List<Track> credited =
                tracks.stream().filter(track -> !track.artists().isEmpty()).toList();
        return closest(credited, track -> new Judged(Credit.of(track.artists()).text(), credited(wanted, track)))
                .flatMap(best -> difference("artists", wanted.text(), best));
    }

    Optional<Difference> durationDifference() {
        if (durationMs.isEmpty() || durationMs.getAsLong() == 0) {
            return Optional.empty();
        }
        long wanted = durationMs.getAsLong();
        return tracks.stream()
                .map(Track::durationMs)
                .filter(ms -> ms > 0)
                .min(Comparator.comparingLong(ms -> Math.abs(ms - wanted)))
                .flatMap(found -> DurationTolerance.judge(wanted, found, precision)
                        .map(severity -> new Difference(
                                isrc, "duration_ms", Long.toString(wanted), Long.toString(found), severity)));
    }

    Optional<Difference> explicitDifference() {
        if (explicit == null) {
            return Optional.empty();
        }
        List<Boolean> stated = tracks.stream()
                .flatMap(track -> Optional.ofNullable(track.explicit()).stream())
                .toList();
        if (stated.isEmpty() || stated.contains(explicit)) {
            return Optional.empty();
        }
        return Optional.of(new Difference(
                isrc, "explicit", explicit.toString(), stated.getFirst().toString(), Severity.WARNING));
    }

    private Similarity credited(Credit wanted, Track track) {
        List<String> ids = track.artists().stream()
                .flatMap(artist -> Optional.ofNullable(artist.id()).stream())
                .sorted()
                .toList();
        if (!ids.isEmpty() && ids.equals(artistIds)) {
            return Similarity.SAME;
        }
        Credit found = Credit.of(track.artists());
        Similarity plain = wanted.likeness(found);
        // A guest may be in the credit on one side and in the title on the other.
        List<String> theirGuests = new Title(track.title()).guests();
        List<String> ourGuests = title == null ? List.of() : title.guests();
        Similarity theirs = theirGuests.isEmpty() ? plain : wanted.likeness(found.and(theirGuests));
        Similarity ours = ourGuests.isEmpty() ? plain : wanted.and(ourGuests).likeness(found);
        return Similarity.closer(plain, Similarity.closer(theirs, ours));
    }

    private static Optional<Judged> closest(List<Track> among, Function<Track, Judged> judge) {
        return among.stream().map(judge).min(Comparator.comparing(Judged::likeness));
    }

    private Optional<Difference> difference(String field, String expected, Judged best) {
        return best.likeness()
                .severity()
                .map(severity -> new Difference(isrc, field, expected, best.found(), severity));
    }
}
