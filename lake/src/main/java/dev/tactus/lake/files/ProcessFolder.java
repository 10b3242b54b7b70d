package dev.tactus.lake.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A folder of this process's own, which goes with it: deleted when it is closed, or, after a kill, by whoever makes
/// the
/// next one beside it. A lock on a file tells whether its process lives.
final class ProcessFolder implements AutoCloseable {
    private static final String NAME = "process-";
    private static final String LOCK = ".lock";

    private final Path path;
    private final Path lock;
    private final FileChannel held;

    private ProcessFolder(Path path, Path lock, FileChannel held) {
        this.path = path;
        this.lock = lock;
        this.held = held;
    }

    static ProcessFolder in(Path parent, FilePermissions permissions) throws IOException {
        Disk.createFolder(parent, permissions);
        deleteDead(parent);
        Path path = parent.resolve(NAME + UUID.randomUUID());
        Path lock = path.resolveSibling(path.getFileName() + LOCK);
        FileChannel held = FileChannel.open(lock, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        boolean made = false;
        try {
            held.lock();
            Disk.createFolder(path, permissions);
            made = true;
            return new ProcessFolder(path, lock, held);
        } finally {
            if (!made) {
                held.close();
            }
        }
    }

    private static void deleteDead(Path parent) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, NAME + "*" + LOCK)) {
            for (Path lock : locks) {
                if (isDead(lock)) {
                    String name = lock.getFileName().toString();
                    Disk.deleteTree(lock.resolveSibling(name.substring(0, name.length() - LOCK.length())));
                    Files.deleteIfExists(lock);
                }
            }
        }
    }

    private static boolean isDead(Path lock) throws IOException {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                @Nullable FileLock taken = channel.tryLock()) {
            return taken != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        } catch (NoSuchFileException e) {
            return false; // somebody else was quicker
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Disk.deleteTree(path);
        Files.deleteIfExists(lock);
        held.close();
    }
}
