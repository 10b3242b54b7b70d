package dev.tactus.simulator.fault;

import dev.tactus.music.Artist;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.simulator.catalog.ServedCatalog;
import dev.tactus.simulator.catalog.SplitMix;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes a track as a fault says: pure functions of the catalog and the seed. Immutable.
public final class TrackMutation {
    private static final long DRIFT_MS = 9_000;
    private static final Isrc STRANGER = new Isrc("ZZSIM0000000");

    private final ServedCatalog catalog;
    private final long seed;

    public TrackMutation(ServedCatalog catalog, long seed) {
        this.catalog = catalog;
        this.seed = seed;
    }

    /// A track as the service returns it.
    public Track apply(Track track, Optional<ItemFault> fault) {
        if (fault.isEmpty()) {
            return track;
        }
        return switch (fault.get()) {
            case ItemFault.OtherRecording other -> other(track);
            case ItemFault.Drifted(ItemFault.Aspect aspect) -> drifted(track, aspect);
            case ItemFault.Empty any -> track;
            case ItemFault.Missing any -> track;
            case ItemFault.Duplicated any -> track;
            case ItemFault.WrongType any -> track;
            case ItemFault.MissingField any -> track;
            case ItemFault.DoubledField any -> track;
            case ItemFault.Poisonous any -> track;
            case ItemFault.Unavailable any -> track;
            case ItemFault.Pending any -> track;
            case ItemFault.FailingTerritories any -> track;
            case ItemFault.Preliminary any -> track;
        };
    }

    /// The second copy of a contradicting duplicate.
    public Track contradicting(Track track) {
        return drifted(drifted(track, ItemFault.Aspect.DURATION_MS), ItemFault.Aspect.TITLE);
    }

    /// Keeps the id that was asked for; everything else is another recording's.
    private Track other(Track track) {
        long index = Long.remainderUnsigned(SplitMix.of(seed, track.isrc().value()), catalog.recordings());
        Isrc isrc = catalog.recording(index).isrc();
        if (isrc.equals(track.isrc())) {
            isrc = catalog.recording((index + 1) % catalog.recordings()).isrc();
        }
        if (isrc.equals(track.isrc())) {
            return copy(track, STRANGER, track.title(), track.artists(), track.durationMs(), track.explicit());
        }
        Track another = catalog.tracksOf(isrc).getFirst();
        return copy(track, isrc, another.title(), another.artists(), another.durationMs(), another.explicit());
    }

    private static Track drifted(Track track, ItemFault.Aspect aspect) {
        boolean explicit = Boolean.TRUE.equals(track.explicit());
        return switch (aspect) {
            case TITLE ->
                copy(track, track.isrc(), track.title() + " Redux", track.artists(), track.durationMs(), explicit);
            case ARTISTS ->
                copy(
                        track,
                        track.isrc(),
                        track.title(),
                        List.of(new Artist("0000000000000000000000", "Somebody Else Entirely")),
                        track.durationMs(),
                        explicit);
            case DURATION_MS ->
                copy(track, track.isrc(), track.title(), track.artists(), track.durationMs() + DRIFT_MS, explicit);
            case EXPLICIT -> copy(track, track.isrc(), track.title(), track.artists(), track.durationMs(), !explicit);
        };
    }

    private static Track copy(
            Track of, Isrc isrc, String title, List<Artist> artists, long durationMs, @Nullable Boolean explicit) {
        return new Track(
                of.id(), isrc, title, artists, durationMs, explicit, of.albumId(), of.albumTitle(), of.releaseDate());
    }
}
