package dev.tactus.lake.files;

import dev.tactus.digest.Sha256;
import java.nio.file.Path;
import java.util.Optional;

/// What is noted of files beside the catalog that names them: the digests of those that Iceberg writes, and what has
/// taken the place of others.
public interface NotedFiles {
    /// What a file was when it was written; absent where nobody has noted it.
    Optional<Sha256> digest(Path file);

    /// Takes down what was written to a file.
    void wrote(Path file, Sha256 digest);

    /// Where the rows of a data file are now: there, or in the file that took its place.
    Path place(Path file);

    /// Where nothing is noted.
    static NotedFiles none() {
        return new NotedFiles() {
            @Override
            public Optional<Sha256> digest(Path file) {
                return Optional.empty();
            }

            @Override
            public void wrote(Path file, Sha256 digest) {}

            @Override
            public Path place(Path file) {
                return file;
            }
        };
    }
}
