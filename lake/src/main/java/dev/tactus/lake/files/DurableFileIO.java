package dev.tactus.lake.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Iceberg's view of the local disk: what it wrote is forced, with its folder, before it is referred to.
///
/// What it writes is digested on the way, and what it reads is compared with that: manifests and metadata say which
/// files
/// a table is made of, and Avro and JSON take a flipped bit for another value.
///
/// It deletes nothing. Iceberg cleans up after a commit that it believes failed, and a failed answer from the catalog
/// does not prove a failed commit: the clean-up could take the manifests of a snapshot that exists. What is left over
/// is unreferenced, and maintenance sweeps it. Locations are plain absolute paths.
public final class DurableFileIO implements FileIO {
    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(DurableFileIO.class);

    private final transient DiskWriter disk;
    private final transient NotedFiles noted;

    /// For those who note nothing.
    public DurableFileIO() {
        this(new DiskWriter(DiskListener.none()), NotedFiles.none());
    }

    public DurableFileIO(DiskWriter disk, NotedFiles noted) {
        this.disk = disk;
        this.noted = noted;
    }

    /// What brings files to the disk.
    public DiskWriter disk() {
        return disk;
    }

    /// Where the rows of a data file are now.
    public Path place(Path file) {
        return noted.place(file);
    }

    public static Path path(String location) {
        return Path.of(location.startsWith("file:") ? location.replaceFirst("^file:/*", "/") : location);
    }

    @Override
    public InputFile newInputFile(String location) {
        return new LocalInputFile(location, noted);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        Path file = path(location);
        try {
            disk.createParent(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LocalOutputFile(location, file, disk, noted);
    }

    @Override
    public void deleteFile(String location) {
        log.debug("left for the sweep: {}", location);
    }

    static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
