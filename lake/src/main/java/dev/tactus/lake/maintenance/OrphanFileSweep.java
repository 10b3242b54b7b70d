package dev.tactus.lake.maintenance;

import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.FileState;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.iceberg.VersionHint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadata.MetadataLogEntry;
import org.apache.iceberg.io.CloseableIterable;

/// Deletes files that no snapshot and no unfinished run refers to, unless they are younger than the sweep.
final class OrphanFileSweep {
    /// A query of another process may be spilling there.
    private static final Duration SPILL = Duration.ofDays(1);

    private final LakeFiles kept;
    private final Instant before;
    private final List<Path> deleted = new ArrayList<>();
    private long orphans;
    private long scratched;
    private long freedBytes;

    OrphanFileSweep(LakeFiles kept, Instant before) {
        this.kept = kept;
        this.before = before;
    }

    long orphans() {
        return orphans;
    }

    long scratched() {
        return scratched;
    }

    long freedBytes() {
        return freedBytes;
    }

    List<Path> deleted() {
        return List.copyOf(deleted);
    }

    void table(Table table, String metadata) {
        table(table, Set.of(DurableFileIO.path(metadata)));
    }

    /// The table that counts changes.
    ///
    /// @param books that its snapshots name
    void changes(Table table, Set<Path> books) {
        Set<Path> beside = new HashSet<>(books);
        beside.add(DurableFileIO.path(
                ((HasTableOperations) table).operations().current().metadataFileLocation()));
        table(table, beside);
    }

    private void table(Table table, Set<Path> beside) {
        Set<Path> needed = referred(table);
        needed.addAll(beside);
        Path location = DurableFileIO.path(table.location());
        for (Path file : filesUnder(kept, location)) {
            if (!needed.contains(file) && !VersionHint.isHintOrCopy(file) && delete(kept, file, before)) {
                orphans++;
            }
        }
    }

    /// Chunks that were published or given up, and what killed processes spilled.
    ///
    /// @param staged those of unfinished runs
    /// @param spilled on this machine
    void scratch(Path staging, Set<Path> staged, LakeFiles spilled) {
        for (Path file : filesUnder(kept, staging)) {
            boolean inUse = staged.contains(file.toAbsolutePath().normalize());
            scratched += !inUse && delete(kept, file, before) ? 1 : 0;
        }
        tidy(staging);
        Instant old = before.minus(SPILL);
        for (Path file : filesUnder(spilled, spilled.folder())) {
            scratched += delete(spilled, file, old) ? 1 : 0;
        }
    }

    private static Set<Path> referred(Table table) {
        Set<Path> all = new HashSet<>();
        Set<String> manifests = new HashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            all.add(DurableFileIO.path(snapshot.manifestListLocation()));
            for (ManifestFile manifest : snapshot.allManifests(table.io())) {
                if (manifests.add(manifest.path())) {
                    all.add(DurableFileIO.path(manifest.path()));
                    readPaths(table, manifest, all);
                }
            }
        }
        TableMetadata metadata = ((HasTableOperations) table).operations().current();
        for (MetadataLogEntry entry : metadata.previousFiles()) {
            all.add(DurableFileIO.path(entry.file()));
        }
        return all;
    }

    private static void readPaths(Table table, ManifestFile manifest, Set<Path> all) {
        try (CloseableIterable<String> paths = ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
            // what was let go goes, what took its place stays
            paths.forEach(path -> all.add(place(table, DurableFileIO.path(path))));
        } catch (IOException e) {
            throw LakeFailures.of("the manifest " + manifest.path() + " can't be read", e);
        }
    }

    private static Path place(Table table, Path file) {
        return table.io() instanceof DurableFileIO files ? files.place(file) : file;
    }

    private static List<Path> filesUnder(LakeFiles files, Path folder) {
        try {
            return files.under(folder);
        } catch (IOException e) {
            throw LakeFailures.of("the folder " + folder + " can't be read", e);
        }
    }

    private boolean delete(LakeFiles files, Path file, Instant olderThan) {
        try {
            Optional<FileState> state = files.find(file);
            if (state.isEmpty() || !state.get().modified().isBefore(olderThan) || !files.delete(file)) {
                return false;
            }
            deleted.add(file);
            freedBytes += state.get().bytes();
            return true;
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be deleted", e);
        }
    }

    private void tidy(Path staging) {
        try {
            kept.tidy(staging);
        } catch (IOException e) {
            throw LakeFailures.of("the folder " + staging + " can't be tidied", e);
        }
    }
}
