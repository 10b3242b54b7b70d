package dev.tactus.simulator;

import dev.tactus.music.Track;
import java.util.Optional;

/// One place in an answer.
///
/// @param asked what was asked for: a track id, or an ISRC
/// @param track what is known under it, if anything
/// @param fault what is wrong with it
record Item(String asked, Optional<Track> track, Optional<ItemFault> fault) {
    Item with(ItemFault changed) {
        return new Item(asked, track, Optional.of(changed));
    }

    boolean isLeftOut() {
        return fault.isPresent() && fault.get() instanceof ItemFault.Missing(boolean asNull) && !asNull;
    }

    boolean isNull() {
        return track.isEmpty()
                || (fault.isPresent() && fault.get() instanceof ItemFault.Missing(boolean asNull) && asNull);
    }

    boolean isEmpty() {
        return fault.isPresent() && fault.get() instanceof ItemFault.Empty;
    }
}
