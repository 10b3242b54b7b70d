package dev.tactus.simulator.catalog;

import dev.tactus.music.Artist;
import dev.tactus.music.Recording;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A catalog of any size, computed from its seed: nothing is kept in memory, and every lookup takes the same time.
/// About 3 % of the recordings have two to four tracks. Immutable.
public final class SyntheticCatalog implements ServedCatalog {
    private static final int MOST_TRACKS = 4;

    private final long seed;
    private final long recordings;
    private final SyntheticIsrcs isrcs;
    private final SyntheticIds trackIds;
    private final SyntheticIds albumIds;
    private final Vocabulary vocabulary;
    private final Audience audience;

    /// @param recordings from 1 to 100 million
    public SyntheticCatalog(long seed, long recordings) {
        if (recordings < 1 || recordings > 100_000_000) {
            throw new IllegalArgumentException(
                    "a synthetic catalog has 1 to 100,000,000 recordings, not " + recordings);
        }
        this.seed = seed;
        this.recordings = recordings;
        this.isrcs = new SyntheticIsrcs(seed);
        this.trackIds = new SyntheticIds(seed);
        this.albumIds = new SyntheticIds(SplitMix.of(seed, 1));
        this.vocabulary = new Vocabulary(seed);
        this.audience = new Audience(seed);
    }

    @Override
    public long recordings() {
        return recordings;
    }

    public Isrc isrc(long index) {
        checkIndex(index);
        return isrcs.isrcOf(index);
    }

    @Override
    public Recording recording(long index) {
        checkIndex(index);
        Track first = track(index, 0);
        List<String> credit = first.artists().stream().map(Artist::name).toList();
        return new Recording(
                first.isrc(),
                first.title(),
                credit,
                String.join(";", credit),
                first.durationMs(),
                vocabulary.upc(index),
                first.explicit(),
                vocabulary.label(index),
                first.releaseDate(),
                List.of(),
                0);
    }

    @Override
    public List<Track> tracksOf(Isrc isrc) {
        OptionalLong number = isrcs.numberOf(isrc);
        if (number.isEmpty() || number.getAsLong() >= recordings) {
            return List.of();
        }
        long index = number.getAsLong();
        int count = tracks(index);
        List<Track> tracks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tracks.add(track(index, i));
        }
        return tracks;
    }

    @Override
    public Optional<Track> track(String trackId) {
        OptionalLong number = trackIds.numberOf(trackId);
        if (number.isEmpty() || number.getAsLong() < 0) {
            return Optional.empty();
        }
        long index = number.getAsLong() / MOST_TRACKS;
        int which = (int) (number.getAsLong() % MOST_TRACKS);
        return index < recordings && which < tracks(index) ? Optional.of(track(index, which)) : Optional.empty();
    }

    @Override
    public Audience audience() {
        return audience;
    }

    private int tracks(long index) {
        long random = SplitMix.of(seed, index, 3);
        return SplitMix.below(random, 100) < 3 ? 2 + SplitMix.below(SplitMix.mix(random), MOST_TRACKS - 1) : 1;
    }

    /// The tracks of a recording differ in their release, and by less than a second in length.
    private Track track(long index, int which) {
        Isrc isrc = isrcs.isrcOf(index);
        long release = index * MOST_TRACKS + which;
        long random = SplitMix.of(seed, index, 4);
        int year = 2000 + Integer.parseInt(isrc.value(), 5, 7, 10);
        return new Track(
                trackIds.idOf(release),
                isrc,
                vocabulary.title(index),
                vocabulary.artists(index),
                90_000L + SplitMix.below(random, 270_000) + which * 217L,
                SplitMix.below(SplitMix.mix(random), 100) < 18,
                albumIds.idOf(release),
                vocabulary.album(index, which),
                vocabulary.releaseDate(index, Math.min(2025, year + which)));
    }

    private void checkIndex(long index) {
        if (index < 0 || index >= recordings) {
            throw new IndexOutOfBoundsException("recording " + index + " of " + recordings);
        }
    }
}
