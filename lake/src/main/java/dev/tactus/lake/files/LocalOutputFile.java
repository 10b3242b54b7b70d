package dev.tactus.lake.files;

import dev.tactus.digest.Sha256Stream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/// A file to be written once: creating it fails where it exists, closing it forces it and its folder to disk.
final class LocalOutputFile implements OutputFile {
    private final String location;
    private final Path file;
    private final DiskWriter disk;
    private final NotedFiles noted;

    LocalOutputFile(String location, Path file, DiskWriter disk, NotedFiles noted) {
        this.location = location;
        this.file = file;
        this.disk = disk;
        this.noted = noted;
    }

    @Override
    public PositionOutputStream create() {
        try {
            return stream(FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
        } catch (FileAlreadyExistsException e) {
            throw new AlreadyExistsException(e, "%s exists already", location);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        try {
            return stream(FileChannel.open(
                    file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PositionOutputStream stream(FileChannel opened) throws IOException {
        disk.permit(file);
        return new ForcedOutputStream(file, opened, disk, noted);
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public InputFile toInputFile() {
        return new LocalInputFile(location, noted);
    }

    private static final class ForcedOutputStream extends PositionOutputStream {
        private final Path file;
        private final FileChannel channel;
        private final DiskWriter disk;
        private final Sha256Stream digest = new Sha256Stream();
        private final OutputStream buffer;
        private final NotedFiles noted;
        private long position;

        ForcedOutputStream(Path file, FileChannel channel, DiskWriter disk, NotedFiles noted) {
            this.file = file;
            this.channel = channel;
            this.disk = disk;
            this.buffer = new BufferedOutputStream(digest.over(Channels.newOutputStream(channel)), 1 << 16);
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
            if (!channel.isOpen()) {
                return;
            }
            try (channel) {
                buffer.flush();
                disk.force(file, channel);
            }
            disk.forceFolder(file.toAbsolutePath().getParent());
            noted.wrote(file, digest.digest());
        }
    }
}
