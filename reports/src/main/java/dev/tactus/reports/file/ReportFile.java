package dev.tactus.reports.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// One file's content, unpacked as it is read. It can be read more than once.
public interface ReportFile {
    /// As people know it; within an archive `archive.zip/name`.
    String name();

    /// The bytes from the beginning. Failures to unpack are a [dev.tactus.reports.BadReport].
    InputStream open() throws IOException;

    /// A file as it lies there, not unpacked.
    static ReportFile plain(Path file) {
        record PlainFile(Path file) implements ReportFile {
            @Override
            public String name() {
                return file.toString();
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        }
        return new PlainFile(file);
    }
}
