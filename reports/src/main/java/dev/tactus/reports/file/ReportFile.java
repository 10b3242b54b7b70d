package dev.tactus.reports.file;

import dev.tactus.reports.BadReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One file's content, unpacked as it is read. It can be read more than once.
public interface ReportFile {
    /// As people know it; within an archive `archive.zip/name`.
    String name();

    /// The bytes from the beginning. Failures to unpack are a [dev.tactus.reports.BadReport].
    InputStream open() throws IOException;

    /// The sheets of a spreadsheet that have any rows, each of them a text of its own. Empty for all that is one
    /// text: only that can be opened.
    default List<ReportFile> sheets() {
        return List.of();
    }

    /// Whether it is a sheet that who opens the file does not see.
    default boolean isHidden() {
        return false;
    }

    /// The same content, called otherwise.
    default ReportFile named(String name) {
        record NamedFile(String name, ReportFile file) implements ReportFile {
            @Override
            public InputStream open() throws IOException {
                return file.open();
            }
        }
        return new NamedFile(name, this);
    }

    /// One that can't be used, in the place where it stood: whoever opens it is told why.
    static ReportFile unusable(String name, BadReport why) {
        record UnusableFile(String name, BadReport why) implements ReportFile {
            @Override
            public InputStream open() {
                throw why;
            }
        }
        return new UnusableFile(name, why);
    }

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
