package dev.tactus.lake.files;

import dev.tactus.digest.Sha256Stream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/// A file that Iceberg writes once: creating it fails where it exists, closing it keeps it for good and notes its
/// digest.
final class KeptOutputFile implements OutputFile {
    private final String location;
    private final LakeFiles files;
    private final NotedFiles noted;

    KeptOutputFile(String location, LakeFiles files, NotedFiles noted) {
        this.location = location;
        this.files = files;
        this.noted = noted;
    }

    @Override
    public PositionOutputStream create() {
        return stream(false);
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return stream(true);
    }

    private PositionOutputStream stream(boolean anew) {
        Path file = DurableFileIO.path(location);
        try {
            return new NotedOutputStream(location, file, files.create(file, anew), noted);
        } catch (FileAlreadyExistsException e) {
            throw new AlreadyExistsException(e, "%s exists already", location);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public InputFile toInputFile() {
        return new KeptInputFile(location, files, noted);
    }

    private static final class NotedOutputStream extends PositionOutputStream {
        private final String location;
        private final Path file;
        private final OutputStream kept;
        private final Sha256Stream digest = new Sha256Stream();
        private final OutputStream buffer;
        private final NotedFiles noted;
        private long position;
        private boolean closed;

        NotedOutputStream(String location, Path file, OutputStream kept, NotedFiles noted) {
            this.location = location;
            this.file = file;
            this.kept = kept;
            this.buffer = new BufferedOutputStream(digest.over(kept), 1 << 16);
            this.noted = noted;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            buffer.write(b);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            buffer.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            buffer.flush();
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try (kept) {
                buffer.flush();
            } catch (FileAlreadyExistsException e) {
                throw new AlreadyExistsException(e, "%s exists already", location);
            }
            noted.wrote(file, digest.digest());
        }
    }
}
