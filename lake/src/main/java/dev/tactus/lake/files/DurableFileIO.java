package dev.tactus.lake.files;

import java.nio.file.Path;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Iceberg's view of the lake's files: what it wrote is kept for good before it is referred to.
///
/// What it writes is digested on the way, and what it reads is compared with that: manifests and metadata say which
/// files
/// a table is made of, and Avro and JSON take a flipped bit for another value.
///
/// It deletes nothing. Iceberg cleans up after a commit that it believes failed, and a failed answer from the catalog
/// does not prove a failed commit: the clean-up could take the manifests of a snapshot that exists. What is left over
/// is unreferenced, and maintenance sweeps it. Locations are plain absolute paths, or `s3://`.
public final class DurableFileIO implements FileIO {
    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(DurableFileIO.class);

    /// How a name begins that stands for an object in S3.
    private static final String S3_NAME = "/s3:/";

    private static final String S3 = "s3://";

    private final transient LakeFiles files;
    private final transient NotedFiles noted;

    /// For those who note nothing, on the local disk.
    public DurableFileIO() {
        this(new DiskFiles(Path.of("/"), new DiskWriter(DiskListener.none())), NotedFiles.none());
    }

    public DurableFileIO(LakeFiles files, NotedFiles noted) {
        this.files = files;
        this.noted = noted;
    }

    /// Where the files are kept.
    public LakeFiles files() {
        return files;
    }

    /// The same of a table's.
    public static LakeFiles of(Table table) {
        return ((DurableFileIO) table.io()).files();
    }

    /// Where the rows of a data file are now.
    public Path place(Path file) {
        return noted.place(file);
    }

    /// The name of what Iceberg's metadata calls by that location.
    public static Path path(String location) {
        return location.startsWith(S3) ? Path.of(S3_NAME + location.substring(S3.length())) : local(location);
    }

    /// What Iceberg's metadata calls it.
    public static String location(Path file) {
        String name = file.toString();
        return name.startsWith(S3_NAME) ? S3 + name.substring(S3_NAME.length()) : name;
    }

    private static Path local(String location) {
        return Path.of(location.startsWith("file:") ? location.replaceFirst("^file:/*", "/") : location);
    }

    @Override
    public InputFile newInputFile(String location) {
        return new KeptInputFile(location, files, noted);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new KeptOutputFile(location, files, noted);
    }

    @Override
    public void deleteFile(String location) {
        log.debug("left for the sweep: {}", location);
    }
}
