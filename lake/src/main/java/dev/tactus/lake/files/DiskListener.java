package dev.tactus.lake.files;

import java.io.IOException;
import java.nio.file.Path;

/// Is told of each step on the way of a file to the disk, right after it: between two of them a crash, a full disk or
/// damage makes a difference. Tests let it happen there.
@FunctionalInterface
public interface DiskListener {
    /// A step of a file, of a folder or of the catalog's database.
    enum DiskStep {
        /// An engine has closed a file that it has written; nothing of it may be on the disk yet.
        CLOSED,
        FORCED,
        RENAMED,
        FOLDER_FORCED,
        /// The catalog's transaction has done its work; its commit comes next.
        COMMIT_DUE,
        COMMITTED
    }

    /// Tells that a step was taken.
    ///
    /// @throws IOException if the disk refuses
    void reached(DiskStep step, Path file) throws IOException;

    static DiskListener none() {
        return (step, file) -> {};
    }
}
