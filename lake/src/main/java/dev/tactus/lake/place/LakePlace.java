package dev.tactus.lake.place;

import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.files.DiskFiles;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.lake.files.FilePermissions;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.files.ObjectStoreProvider;
import dev.tactus.lake.files.StoredFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// Where a lake is: in a folder, with its catalog in it, or in an object store, with its catalog elsewhere.
///
/// @param warehouse a folder's path, or the address of a store, such as `s3://bucket/prefix`
/// @param cache where copies of files in a store stand while they are worked on; of no use for a folder
/// @param mostBytes that copies may take
/// @param settings of the store, by name
public record LakePlace(
        String warehouse, CatalogPlace catalog, Path cache, long mostBytes, Map<String, String> settings) {
    private static final String SCHEME_END = "://";

    public LakePlace {
        settings = Map.copyOf(settings);
    }

    /// A lake in a folder.
    public static LakePlace in(Path folder) {
        return new LakePlace(folder.toString(), CatalogDatabase.in(folder), folder, Long.MAX_VALUE, Map.of());
    }

    /// Its folder on this machine; absent where it is in a store.
    public Optional<Path> folder() {
        return warehouse.contains(SCHEME_END) ? Optional.empty() : Optional.of(Path.of(warehouse));
    }

    /// Whether there is a lake.
    public boolean exists() {
        return catalog.isMade();
    }

    /// Its files; the folder is made where there is none.
    ///
    /// @throws LakeUnavailable if nothing on the class path knows such stores
    public LakeFiles open(DiskListener listener, FilePermissions permissions) {
        return folder().isPresent() ? onDisk(folder().get(), listener, permissions) : stored(listener, permissions);
    }

    private static LakeFiles onDisk(Path folder, DiskListener listener, FilePermissions permissions) {
        try {
            DiskWriter disk = new DiskWriter(listener, permissions);
            disk.createFolder(folder);
            return new DiskFiles(folder.toRealPath(), disk);
        } catch (IOException e) {
            throw LakeFailures.of("the lake's folder " + folder.toAbsolutePath() + " can't be made or read", e);
        }
    }

    private LakeFiles stored(DiskListener listener, FilePermissions permissions) {
        String scheme = warehouse.substring(0, warehouse.indexOf(SCHEME_END));
        return ServiceLoader.load(ObjectStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.knows(scheme))
                .findFirst()
                .map(provider -> new StoredFiles(
                        warehouse, provider.open(warehouse, settings), cache, mostBytes, listener, permissions))
                .orElseThrow(() -> new LakeUnavailable(
                        "the lake is at " + warehouse + ", and the add-on for " + scheme
                                + " is not on the class path. ./tactus adds it where tactus.yaml names such an address;"
                                + " whoever starts java adds the jars of addons/" + scheme,
                        null));
    }

    @Override
    public String toString() {
        return warehouse;
    }
}
