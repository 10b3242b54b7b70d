package dev.tactus.lake.staging;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The folder of sealed chunks, `staging/<run>/`, inside the lake.
public final class StagingFolder {
    private final Path lake;
    private final Supplier<DuckDb> ducks;
    private final DiskWriter disk;

    /// @param ducks a database for each chunk
    public StagingFolder(Path lake, Supplier<DuckDb> ducks, DiskWriter disk) {
        this.lake = lake;
        this.ducks = ducks;
        this.disk = disk;
    }

    /// A writer for a run's rows; close it when the run has no more.
    public ChunkWriter writer(String runId) {
        return new ChunkWriter(this, runId, ducks);
    }

    Path root() {
        return lake.resolve("staging");
    }

    Path folder(String runId) {
        Path folder = root().resolve(runId).normalize();
        if (!root().equals(folder.getParent())) {
            throw new IllegalArgumentException("a run can't be named '" + runId + "': it names a folder");
        }
        try {
            disk.createFolder(folder);
            return folder;
        } catch (IOException e) {
            throw LakeFailures.of("the folder " + folder + " can't be made", e);
        }
    }

    StagedFile sealed(LakeTable table, Path file, long rows) {
        try {
            disk.closed(file);
            disk.permit(file);
            disk.force(file);
            return new StagedFile(
                    table,
                    lake.relativize(file),
                    rows,
                    Files.size(file),
                    Optional.of(Sha256.of(file).hex()));
        } catch (IOException e) {
            throw LakeFailures.of("the staged file " + file + " can't be forced to disk", e);
        }
    }

    void force(Path folder) {
        try {
            disk.forceFolder(folder);
        } catch (IOException e) {
            throw LakeFailures.of("the folder " + folder + " can't be forced to disk", e);
        }
    }

    Path absolute(StagedFile file) {
        return lake.resolve(file.path());
    }

    /// Sealed files that stand on disk for a run, noted anywhere or not; relative to the lake's folder.
    public List<Path> files(String runId) {
        Path folder = root().resolve(runId);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(lake::relativize).sorted().toList();
        } catch (IOException e) {
            throw LakeFailures.of("the folder " + folder + " can't be read", e);
        }
    }

    /// Deletes staged files: those nobody noted, or those that are published. Missing ones are fine.
    public void discard(Collection<Path> files) {
        for (Path file : files) {
            Path absolute = lake.resolve(file).normalize();
            if (!absolute.startsWith(root())) {
                throw new IllegalArgumentException(file + " is not a staged file");
            }
            try {
                Files.deleteIfExists(absolute);
            } catch (IOException e) {
                throw LakeFailures.of("the staged file " + absolute + " can't be deleted", e);
            }
        }
    }

    /// Checks that noted files are there, to the byte what was noted.
    public void check(Collection<StagedFile> files) {
        for (StagedFile file : files) {
            Path absolute = absolute(file);
            try {
                if (!Files.isRegularFile(absolute)) {
                    throw new LakeDamaged("the staged file " + absolute + " is missing; " + REMEDY, null);
                }
                if (Files.size(absolute) != file.bytes()) {
                    throw new LakeDamaged(
                            "the staged file " + absolute + " has " + Files.size(absolute) + " bytes where "
                                    + file.bytes() + " were noted; " + REMEDY,
                            null);
                }
                requireSame(file, absolute);
            } catch (IOException e) {
                throw LakeFailures.of("the staged file " + absolute + " can't be read", e);
            }
        }
    }

    private static void requireSame(StagedFile file, Path absolute) throws IOException {
        if (file.sha256().isPresent()) {
            String noted = file.sha256().get();
            String found = Sha256.of(absolute).hex();
            if (!found.equals(noted)) {
                throw new LakeDamaged(
                        "the staged file " + absolute + " was changed since it was sealed: its SHA-256 is " + found
                                + ", and was " + noted + "; " + REMEDY,
                        null);
            }
        }
    }

    static final String REMEDY = "its rows have to be fetched again: start a new run";
}
