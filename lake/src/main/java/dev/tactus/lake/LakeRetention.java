package dev.tactus.lake;

import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.FileState;
import dev.tactus.lake.iceberg.LakeCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What was let go of a lake. Thread-safe.
public final class LakeRetention {
    private final LakeCatalog catalog;

    LakeRetention(LakeCatalog catalog) {
        this.catalog = catalog;
    }

    /// Whether anything of a retention was committed.
    public boolean knows(String retention) {
        return catalog.locked(
                "the catalog can't be read", () -> catalog.released().knows(retention));
    }

    /// The retention that let a file's bytes go; absent where none has.
    ///
    /// @param path relative to the lake's folder
    public Optional<String> of(String path) {
        return catalog.locked(
                "the catalog can't be read", () -> catalog.released().retention(path));
    }

    /// The files of a retention whose bytes should be gone, and are still on the disk.
    public List<Path> leftOver(String retention) {
        return catalog.locked(
                "the catalog can't be read", () -> catalog.released().leftOver(retention));
    }

    /// Deletes those; returns how many bytes they had.
    public long delete(String retention) {
        long bytes = 0;
        for (Path file : leftOver(retention)) {
            try {
                bytes += catalog.kept().find(file).map(FileState::bytes).orElse(0L);
                catalog.kept().delete(file);
            } catch (IOException e) {
                throw LakeFailures.of("the file " + file + ", which was let go, can't be deleted", e);
            }
        }
        return bytes;
    }
}
