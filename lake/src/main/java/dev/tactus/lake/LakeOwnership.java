package dev.tactus.lake;

import dev.tactus.lake.iceberg.EpochRegister;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.table.EpochListener;
import dev.tactus.lake.table.LakeIdentity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which lake it is, which ledger it belongs to, and what that has taken over unverified. Thread-safe.
public final class LakeOwnership {
    private final LakeCatalog catalog;

    LakeOwnership(LakeCatalog catalog) {
        this.catalog = catalog;
    }

    /// Which lake it is, and whose; absent where no ledger was ever tied to it.
    public Optional<LakeIdentity> identity() {
        return catalog.locked(
                "the catalog can't be read", () -> catalog.epochs().identity());
    }

    /// The same of a lake that is not open, for those who want to know no more of it.
    public static Optional<LakeIdentity> of(LakePlace place) {
        return EpochRegister.identity(place);
    }

    /// Makes a ledger the lake's own; a lake without an id gets one.
    public LakeIdentity belongTo(String ledgerId, String ledgerPath) {
        return catalog.locked(
                "the catalog can't be written", () -> catalog.epochs().belongTo(ledgerId, ledgerPath));
    }

    /// From now on every change is told, and refused if somebody else has changed the lake since this epoch.
    public void bind(EpochListener told, long epoch) {
        catalog.locked("the catalog can't be read", () -> {
            catalog.epochs().bind(told, epoch);
            return told;
        });
    }

    /// Gives files of versions that noted no digests theirs: once, by the first who changes the lake.
    ///
    /// @param elsewhere the SHA-256 that is noted of a data file somewhere else, by its path relative to the lake
    public void takeOver(Function<String, Optional<String>> elsewhere) {
        catalog.locked("the files of an earlier version can't be read", () -> {
            catalog.takeOver(elsewhere);
            return elsewhere;
        });
    }

    /// Whether it says that every file of it has a digest, as far as Tactus wrote it.
    public boolean isTakenOver() {
        return catalog.locked(
                "the catalog can't be read", () -> catalog.epochs().isTakenOver());
    }

    /// Whether a digest that somebody takes out of the catalog would be missed.
    public boolean isSealed() {
        return catalog.locked(
                "the catalog can't be read", () -> catalog.epochs().isSealed());
    }

    /// The files that nobody has ever compared with what was written, by path, and since when they are what they are.
    public Map<String, Instant> neverVerified() {
        return catalog.digests().foundOnly();
    }
}
