package dev.tactus.lake.files;

import dev.tactus.digest.Sha256;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Files on a local disk: each is at its path, forced with its folder before anything refers to it.
public final class DiskFiles implements LakeFiles {
    private final Path folder;
    private final DiskWriter disk;

    /// @param folder absolute
    public DiskFiles(Path folder, DiskWriter disk) {
        this.folder = folder;
        this.disk = disk;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Optional<FileState> find(Path file) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.isRegularFile()
                    ? Optional.of(
                            new FileState(found.size(), found.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Path> under(Path below) throws IOException {
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public Sha256 digest(Path file) throws IOException {
        return Sha256.of(file);
    }

    @Override
    public Path place(Path file) {
        return file;
    }

    @Override
    public Path named(Path place) {
        return place;
    }

    @Override
    public Path local(Path file, Optional<Sha256> noted) {
        return file;
    }

    @Override
    public void release(Collection<Path> files) {
        // they are no copies
    }

    @Override
    public void makeFolder(Path made) throws IOException {
        disk.createFolder(made);
    }

    @Override
    public void permit(Path place) throws IOException {
        disk.permit(place);
    }

    @Override
    public void closed(Path place) throws IOException {
        disk.closed(place);
    }

    @Override
    public void keep(Path place, Path file) throws IOException {
        disk.permit(place);
        disk.force(place.equals(file) ? file : disk.rename(place, file, StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public void keepFolder(Path kept) throws IOException {
        disk.forceFolder(kept);
    }

    @Override
    public OutputStream create(Path file, boolean anew) throws IOException {
        disk.createParent(file);
        FileChannel channel = anew
                ? FileChannel.open(
                        file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)
                : FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        disk.permit(file);
        return new ForcedOutputStream(file, channel);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        disk.createParent(file);
        disk.replace(file, content);
    }

    @Override
    public void replace(Path file, Consumer<OutputStream> content) throws IOException {
        disk.createParent(file);
        disk.replace(file, content);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    @Override
    public void tidy(Path tidied) throws IOException {
        if (!Files.isDirectory(tidied)) {
            return;
        }
        try (Stream<Path> inside = Files.list(tidied)) {
            for (Path each : inside.toList()) {
                if (isEmpty(each)) {
                    Files.delete(each);
                }
            }
        }
    }

    private static boolean isEmpty(Path each) throws IOException {
        if (!Files.isDirectory(each)) {
            return false;
        }
        try (Stream<Path> left = Files.list(each)) {
            return left.findAny().isEmpty();
        }
    }

    @Override
    public boolean isSame(Path file, Path other) throws IOException {
        return Files.isSameFile(file, other);
    }

    @Override
    public Path temporary() {
        return folder.resolve("tmp");
    }

    @Override
    public void commitDue() throws IOException {
        disk.commitDue(database());
    }

    @Override
    public void committed() throws IOException {
        disk.committed(database());
    }

    @Override
    public void close() {
        // nothing is held
    }

    private Path database() {
        return folder.resolve("catalog.db");
    }

    /// Forces the file and its folder when it is closed.
    private final class ForcedOutputStream extends FilterOutputStream {
        private final Path file;
        private final FileChannel channel;

        ForcedOutputStream(Path file, FileChannel channel) {
            super(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
            this.file = file;
            this.channel = channel;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (!channel.isOpen()) {
                return;
            }
            try (channel) {
                out.flush();
                disk.force(file, channel);
            }
            disk.forceFolder(file.toAbsolutePath().getParent());
        }
    }
}
