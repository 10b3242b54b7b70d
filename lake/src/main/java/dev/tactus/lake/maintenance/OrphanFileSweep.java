package dev.tactus.lake.maintenance;

import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.iceberg.VersionHint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

    private final Instant before;
    private final List<Path> deleted = new ArrayList<>();
    private long orphans;
    private long scratched;
    private long freedBytes;

    OrphanFileSweep(Instant before) {
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
        Set<Path> needed = referred(table);
        needed.add(DurableFileIO.path(metadata));
        Path location = DurableFileIO.path(table.location());
        for (Path file : filesUnder(location)) {
            if (!needed.contains(file) && !VersionHint.isHintOrCopy(file) && delete(file, before)) {
                orphans++;
            }
        }
    }

    /// Chunks that were published or given up, and what killed processes spilled.
    ///
    /// @param staged those of unfinished runs
    void scratch(Path staging, Set<Path> staged, Path temporary) {
        for (Path file : filesUnder(staging)) {
            boolean inUse = staged.contains(file.toAbsolutePath().normalize());
            scratched += !inUse && delete(file, before) ? 1 : 0;
        }
        emptyFolders(staging);
        Instant spilled = before.minus(SPILL);
        for (Path file : filesUnder(temporary)) {
            scratched += delete(file, spilled) ? 1 : 0;
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

    private static List<Path> filesUnder(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw LakeFailures.of("the folder " + folder + " can't be read", e);
        }
    }

    private boolean delete(Path file, Instant olderThan) {
        try {
            if (!Files.getLastModifiedTime(file).toInstant().isBefore(olderThan)) {
                return false;
            }
            long size = Files.size(file);
            Files.delete(file);
            deleted.add(file);
            freedBytes += size;
            return true;
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be deleted", e);
        }
    }

    private static void emptyFolders(Path staging) {
        if (!Files.isDirectory(staging)) {
            return;
        }
        try (Stream<Path> runs = Files.list(staging)) {
            for (Path run : runs.toList()) {
                try (Stream<Path> left = Files.list(run)) {
                    if (left.findAny().isPresent()) {
                        continue;
                    }
                }
                Files.delete(run);
            }
        } catch (IOException e) {
            throw LakeFailures.of("the folder " + staging + " can't be tidied", e);
        }
    }
}
