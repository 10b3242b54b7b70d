package dev.tactus.lake.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Objects by their keys, such as those of a bucket below a prefix. What has been answered outlasts a crash, and
/// whoever
/// asks afterwards sees it. Thread-safe.
public interface ObjectStore extends AutoCloseable {
    /// How an object is now; absent where it is not there.
    Optional<FileState> find(String key) throws IOException;

    /// Its content, from the beginning.
    ///
    /// @throws java.nio.file.NoSuchFileException if it is not there
    InputStream read(String key) throws IOException;

    /// Writes one, whole or not at all. A failure does not say that nothing was written.
    ///
    /// @param content a file that nobody changes
    /// @param anew whether one that is there is replaced
    /// @throws java.nio.file.FileAlreadyExistsException if it is there and is to stay
    void write(String key, Path content, boolean anew) throws IOException;

    /// The keys that begin so, sorted.
    List<String> list(String prefix) throws IOException;

    /// Takes one away; one that is not there is fine.
    void delete(String key) throws IOException;

    @Override
    void close();
}
