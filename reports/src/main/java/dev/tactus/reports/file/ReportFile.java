package dev.tactus.reports.file;

import java.io.IOException;
import java.io.InputStream;

/// One file's content, unpacked as it is read. It can be read more than once.
public interface ReportFile {
    /// As people know it; within an archive `archive.zip/name`.
    String name();

    /// The bytes from the beginning. Failures to unpack are a [BadReport].
    InputStream open() throws IOException;
}
