package dev.tactus.reconcile.explain;

import dev.tactus.reconcile.Period;
import java.util.Optional;

/// Which cells of `reconciled` are meant.
///
/// @param source one source; any where empty
/// @param territory one territory; any where empty
/// @param usage one kind of usage; any where empty
public record CellKey(
        Period period, String isrc, Optional<String> source, Optional<String> territory, Optional<String> usage) {
    public CellKey {
        if (isrc.isBlank()) {
            throw new IllegalArgumentException("an explanation needs an ISRC");
        }
    }
}
