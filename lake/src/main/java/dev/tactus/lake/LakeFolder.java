package dev.tactus.lake;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DiskWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The lake's folder, and files in it that are no table's.
public final class LakeFolder {
    private final Path path;
    private final DiskWriter disk;

    LakeFolder(Path path, DiskWriter disk) {
        this.path = path;
        this.disk = disk;
    }

    /// The folder, made where it is not there.
    static LakeFolder make(Path folder, DiskWriter disk) {
        try {
            disk.createFolder(folder);
            return new LakeFolder(folder.toRealPath(), disk);
        } catch (IOException e) {
            throw LakeFailures.of("the lake's folder " + folder.toAbsolutePath() + " can't be made or read", e);
        }
    }

    DiskWriter disk() {
        return disk;
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
            disk.createParent(file);
            disk.replace(file, content);
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be written", e);
        }
    }

    /// Puts a long file into it as it is written, forced to disk: readers see what was there before, or all of it.
    public void put(String name, Consumer<OutputStream> content) {
        Path file = path.resolve(name);
        try {
            disk.createParent(file);
            disk.replace(file, content);
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be written", e);
        }
    }

    /// The names of the files that stand in one of its folders, sorted; none where the folder is not there.
    public List<String> names(String folder) {
        Path at = path.resolve(folder);
        if (!Files.isDirectory(at)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(at)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw LakeFailures.of("the folder " + at + " can't be read", e);
        }
    }

    /// Takes a file out of it that is no table's, if it is there.
    public void delete(String name) {
        Path file = path.resolve(name);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be deleted", e);
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
