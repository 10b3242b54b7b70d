package dev.tactus.lake.files;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.failure.LakeDamaged;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/// A file that Iceberg reads, at its place on this machine.
final class KeptInputFile implements InputFile {
    private final String location;
    private final LakeFiles files;
    private final NotedFiles noted;

    KeptInputFile(String location, LakeFiles files, NotedFiles noted) {
        this.location = location;
        this.files = files;
        this.noted = noted;
    }

    @Override
    public long getLength() {
        try {
            return files.find(DurableFileIO.path(location))
                    .orElseThrow(() -> new NotFoundException("%s is missing", location))
                    .bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SeekableInputStream newStream() {
        Path file = DurableFileIO.path(location);
        Optional<Sha256> digest = noted.digest(file);
        digest.ifPresent(was -> requireUnchanged(file, was));
        try {
            FileChannel channel = FileChannel.open(files.local(file, digest), StandardOpenOption.READ);
            return new ChannelInputStream(channel, () -> files.release(List.of(file)));
        } catch (NoSuchFileException e) {
            throw new NotFoundException(e, "%s is missing", location);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireUnchanged(Path file, Sha256 digest) {
        try {
            Sha256 now = Sha256.of(files.local(file, Optional.of(digest)));
            if (!now.equals(digest)) {
                throw new ChangedFile(new LakeDamaged(
                        "the table's metadata file " + file + " was changed since it was written: its SHA-256 is " + now
                                + ", and was " + digest + ". " + LakeDamaged.REMEDY,
                        null));
            }
        } catch (LakeDamaged e) {
            throw new ChangedFile(e);
        } catch (NoSuchFileException e) {
            throw new ChangedFile(
                    new LakeDamaged("the table's metadata file " + file + " is missing. " + LakeDamaged.REMEDY, e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public boolean exists() {
        try {
            return files.find(DurableFileIO.path(location)).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class ChannelInputStream extends SeekableInputStream {
        private final FileChannel channel;
        private final Runnable done;
        private InputStream buffer;
        private long position;

        ChannelInputStream(FileChannel channel, Runnable done) {
            this.channel = channel;
            this.done = done;
            this.buffer = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long newPosition) throws IOException {
            if (newPosition != position) {
                channel.position(newPosition);
                buffer = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
                position = newPosition;
            }
        }

        @Override
        public int read() throws IOException {
            int b = buffer.read();
            position += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = buffer.read(bytes, offset, length);
            position += Math.max(count, 0);
            return count;
        }

        @Override
        public void close() throws IOException {
            channel.close();
            done.run();
        }
    }
}
