package dev.tactus.simulator.service;

import dev.tactus.music.Track;
import dev.tactus.simulator.fault.ItemFault;
import java.util.Optional;

/// One place in an answer.
///
/// @param asked what was asked for: a track id, or an ISRC
/// @param track what is known under it, if anything
/// @param fault what is wrong with it
record ResponseItem(String asked, Optional<Track> track, Optional<ItemFault> fault) {
    ResponseItem with(ItemFault changed) {
        return new ResponseItem(asked, track, Optional.of(changed));
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
