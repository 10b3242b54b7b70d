package dev.tactus.lake;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The lake's folder, and files in it that are no table's.
public final class LakeFolder {
    private final Path path;

    LakeFolder(Path path) {
        this.path = path;
    }

    /// Where something in it is.
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /// The SHA-256 of a file in it; empty where it is not there.
    public Optional<String> sha256(String name) {
        Path file = path.resolve(name);
        if (!file.normalize().startsWith(path) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Sha256.of(file).hex());
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be read", e);
        }
    }

    /// Puts a file into it, forced to disk: readers see what was there before, or all of this.
    public void put(String name, byte[] content) {
        Path file = path.resolve(name);
        try {
            Disk.createParent(file);
            Disk.replace(file, content);
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be written", e);
        }
    }

    Path path() {
        return path;
    }

    /// Where DuckDB spills what memory does not hold.
    Path temporary() {
        return path.resolve("tmp");
    }
}
