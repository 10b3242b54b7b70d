package dev.tactus.lake.staging;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.FileState;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The folder of sealed chunks, `staging/<run>/`, inside the lake.
public final class StagingFolder {
    private final Path lake;
    private final LakeFiles kept;
    private final Supplier<DuckDb> ducks;

    /// @param ducks a database for each chunk
    public StagingFolder(LakeFiles kept, Supplier<DuckDb> ducks) {
        this.kept = kept;
        this.lake = kept.folder();
        this.ducks = ducks;
    }

    /// A writer for a run's rows; close it when the run has no more.
    public ChunkWriter writer(String runId) {
        return new ChunkWriter(this, runId, ducks);
    }

    Path root() {
        return lake.resolve("staging");
    }

    /// Where a run's chunks are written on this machine.
    Path folder(String runId) {
        Path folder = root().resolve(runId).normalize();
        if (!root().equals(folder.getParent())) {
            throw new IllegalArgumentException("a run can't be named '" + runId + "': it names a folder");
        }
        try {
            kept.makeFolder(folder);
            return kept.place(folder);
        } catch (IOException e) {
            throw LakeFailures.of("the folder " + folder + " can't be made", e);
        }
    }

    /// @param file where it was written on this machine
    StagedFile sealed(LakeTable table, Path file, long rows) {
        try {
            kept.closed(file);
            Path named = kept.named(file);
            long bytes = Files.size(file);
            String sha256 = Sha256.of(file).hex();
            kept.keep(file, named);
            return new StagedFile(table, lake.relativize(named), rows, bytes, Optional.of(sha256));
        } catch (IOException e) {
            throw LakeFailures.of("the staged file " + file + " can't be forced to disk", e);
        }
    }

    void force(Path folder) {
        try {
            kept.keepFolder(kept.named(folder));
        } catch (IOException e) {
            throw LakeFailures.of("the folder " + folder + " can't be forced to disk", e);
        }
    }

    Path absolute(StagedFile file) {
        return lake.resolve(file.path());
    }

    /// Where a staged file is read on this machine.
    String place(StagedFile file) {
        try {
            return kept.local(absolute(file), file.sha256().map(Sha256::parse)).toString();
        } catch (NoSuchFileException e) {
            throw new LakeDamaged("the staged file " + absolute(file) + " is missing; " + REMEDY, e);
        } catch (IOException e) {
            throw LakeFailures.of("the staged file " + absolute(file) + " can't be fetched", e);
        }
    }

    /// Sealed files that stand on disk for a run, noted anywhere or not; relative to the lake's folder.
    public List<Path> files(String runId) {
        Path folder = root().resolve(runId);
        try {
            return kept.under(folder).stream().map(lake::relativize).toList();
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
                kept.delete(absolute);
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
                Optional<FileState> found = kept.find(absolute);
                if (found.isEmpty()) {
                    throw new LakeDamaged("the staged file " + absolute + " is missing; " + REMEDY, null);
                }
                if (found.get().bytes() != file.bytes()) {
                    throw new LakeDamaged(
                            "the staged file " + absolute + " has "
                                    + found.get().bytes() + " bytes where " + file.bytes() + " were noted; " + REMEDY,
                            null);
                }
                requireSame(file, absolute);
            } catch (IOException e) {
                throw LakeFailures.of("the staged file " + absolute + " can't be read", e);
            }
        }
    }

    private void requireSame(StagedFile file, Path absolute) throws IOException {
        if (file.sha256().isPresent()) {
            String noted = file.sha256().get();
            String found = kept.digest(absolute).hex();
            if (!found.equals(noted)) {
                throw new LakeDamaged(
                        "the staged file " + absolute + " was changed since it was sealed: its SHA-256 is " + found
                                + ", and was " + noted + "; " + REMEDY,
                        null);
            }
        }
    }

    static final String REMEDY = "its rows have to be fetched again: start a new run (the same command with"
            + " --new-run), or take this one back (tactus runs abandon)";
}
