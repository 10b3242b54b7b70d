package dev.tactus.lake.iceberg;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.files.NotedFiles;
import java.nio.file.Path;
import java.util.Optional;

/// What the catalog's two registers know of files.
record RegisteredFiles(DigestRegister digests, ReleasedFiles released) implements NotedFiles {
    @Override
    public Optional<Sha256> digest(Path file) {
        return digests.digest(file);
    }

    @Override
    public void wrote(Path file, Sha256 digest) {
        digests.wrote(file, digest);
    }

    @Override
    public Path place(Path file) {
        return released.inPlaceOf(file);
    }
}
