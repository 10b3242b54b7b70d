package dev.tactus.lake;

import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.LakeFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The lake's folder, and files in it that are no table's.
public final class LakeFolder {
    private final Path path;
    private final LakeFiles kept;

    LakeFolder(LakeFiles kept) {
        this.path = kept.folder();
        this.kept = kept;
    }

    LakeFiles kept() {
        return kept;
    }

    /// Where something in it can be read on this machine; what is not there can't be read there either.
    public Path resolve(String name) {
        Path file = path.resolve(name);
        try {
            return kept.local(file, Optional.empty());
        } catch (NoSuchFileException e) {
            return kept.place(file);
        } catch (IOException e) {
            throw LakeFailures.of("the file " + DurableFileIO.location(file) + " can't be fetched", e);
        }
    }

    /// The SHA-256 of a file in it; empty where it is not there.
    public Optional<String> sha256(String name) {
        Path file = path.resolve(name);
        if (!file.normalize().startsWith(path)) {
            return Optional.empty();
        }
        try {
            return kept.find(file).isEmpty()
                    ? Optional.empty()
                    : Optional.of(kept.digest(file).hex());
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be read", e);
        }
    }

    /// Puts a file into it, forced to disk: readers see what was there before, or all of this.
    public void put(String name, byte[] content) {
        Path file = path.resolve(name);
        try {
            kept.replace(file, content);
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be written", e);
        }
    }

    /// Puts a long file into it as it is written, forced to disk: readers see what was there before, or all of it.
    public void put(String name, Consumer<OutputStream> content) {
        Path file = path.resolve(name);
        try {
            kept.replace(file, content);
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be written", e);
        }
    }

    /// The names of the files that stand in one of its folders, sorted; none where the folder is not there.
    public List<String> names(String folder) {
        Path at = path.resolve(folder);
        try {
            return kept.under(at).stream()
                    .filter(file -> at.equals(file.getParent()))
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
            kept.delete(file);
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be deleted", e);
        }
    }

    Path path() {
        return path;
    }

    /// Where DuckDB spills what memory does not hold.
    Path temporary() {
        return kept.temporary();
    }
}
