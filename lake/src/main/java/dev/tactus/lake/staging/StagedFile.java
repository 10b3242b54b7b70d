package dev.tactus.lake.staging;

import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.Preconditions;
import java.nio.file.Path;
import java.util.Optional;

/// One sealed file of a chunk: forced to disk, not yet visible to readers.
///
/// @param path relative to the lake's folder
/// @param sha256 of its content when it was sealed, lower-case hex; absent where an earlier version sealed it
public record StagedFile(LakeTable table, Path path, long rows, long bytes, Optional<String> sha256) {
    public StagedFile {
        if (path.isAbsolute()) {
            throw new IllegalArgumentException("a staged file's path is relative to the lake, but is " + path);
        }
        Preconditions.notNegative("rows", rows);
        Preconditions.notNegative("bytes", bytes);
    }
}
