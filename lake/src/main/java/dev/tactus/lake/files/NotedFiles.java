package dev.tactus.lake.files;

import dev.tactus.digest.Sha256;
import java.nio.file.Path;
import java.util.Optional;

/// The digests of the files that Iceberg writes, beside the catalog that names them.
public interface NotedFiles {
    /// What a file was when it was written; absent where nobody has noted it.
    Optional<Sha256> digest(Path file);

    /// Takes down what was written to a file.
    void wrote(Path file, Sha256 digest);

    /// Where nothing is noted.
    static NotedFiles none() {
        return new NotedFiles() {
            @Override
            public Optional<Sha256> digest(Path file) {
                return Optional.empty();
            }

            @Override
            public void wrote(Path file, Sha256 digest) {}
        };
    }
}
