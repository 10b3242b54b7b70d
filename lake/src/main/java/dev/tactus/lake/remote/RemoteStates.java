package dev.tactus.lake.remote;

import dev.tactus.lake.place.CatalogService;
import dev.tactus.lake.table.FileDigest;
import dev.tactus.lake.table.FileVerdict;
import dev.tactus.lake.table.LakeTable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.catalog.TableIdentifier;

/// What a server says of tables, beside what Tactus left them at.
///
/// A server writes metadata in its own way and place, so what it says is compared in place of files.
public record RemoteStates(RemoteCatalog served, CatalogTransaction transaction) {
    private Optional<StateVerdict> state(LakeTable declared) {
        AtomicReference<Optional<StateVerdict>> state = new AtomicReference<>(Optional.empty());
        transaction.onConnection(session -> state.set(
                served.verdict(session, TableIdentifier.of(CatalogService.CHANGES.namespace(), declared.label()))));
        return state.get();
    }

    /// What shows that the server went back; absent where it did not.
    public Optional<String> putBack(LakeTable declared) {
        return state(declared)
                .filter(StateVerdict::isPutBack)
                .map(state -> "the catalog at " + served.service() + " tells change "
                        + state.now().changes() + " of it, although change "
                        + state.noted().changes() + " was committed, or another one of that number");
    }

    /// Whether its metadata says what was committed; absent where Tactus never changed the table.
    public Optional<FileVerdict> verdict(LakeTable declared) {
        String name = "metadata of " + declared.label() + " at " + served.service();
        return state(declared)
                .map(state -> state.isSame()
                        ? new FileVerdict.Sound(new FileDigest(
                                declared, name, 0, 0, state.now().whole().hex()))
                        : new FileVerdict.Changed(
                                declared,
                                name,
                                state.noted().whole().hex(),
                                state.now().whole().hex()));
    }
}
