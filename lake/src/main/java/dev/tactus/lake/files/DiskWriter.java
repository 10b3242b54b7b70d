package dev.tactus.lake.files;

import dev.tactus.lake.files.DiskListener.DiskStep;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings files to the disk step by step, and tells a listener of each step. Immutable.
public final class DiskWriter {
    private final DiskListener listener;
    private final FilePermissions permissions;

    /// For the owner alone.
    public DiskWriter(DiskListener listener) {
        this(listener, FilePermissions.ownerOnly());
    }

    /// @param permissions of what it makes
    public DiskWriter(DiskListener listener, FilePermissions permissions) {
        this.listener = listener;
        this.permissions = permissions;
    }

    /// Lets those read a file who may.
    public void permit(Path file) throws IOException {
        permissions.file(file);
    }

    /// Creates a folder and forces every folder that got a new entry.
    public void createFolder(Path folder) throws IOException {
        Disk.createFolder(folder, permissions);
    }

    public void createParent(Path file) throws IOException {
        @Nullable Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            createFolder(parent);
        }
    }

    /// Notes that an engine has closed a file that it has written.
    public void closed(Path file) throws IOException {
        listener.reached(DiskStep.CLOSED, file);
    }

    public void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            force(file, channel);
        }
    }

    void force(Path file, FileChannel channel) throws IOException {
        channel.force(true);
        listener.reached(DiskStep.FORCED, file);
    }

    public void forceFolder(@Nullable Path folder) throws IOException {
        if (folder != null) {
            Disk.forceFolder(folder);
            listener.reached(DiskStep.FOLDER_FORCED, folder);
        }
    }

    /// Returns where the file is then; its folder has to be forced.
    public Path rename(Path file, Path to, CopyOption... options) throws IOException {
        Files.move(file, to, options);
        listener.reached(DiskStep.RENAMED, to);
        return to;
    }

    /// Readers see the old content or the new, whole; the file exists for them at any time.
    public void replace(Path file, byte[] content) throws IOException {
        Path draft = draft(file);
        try {
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                permit(draft);
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                force(draft, channel);
            }
            publish(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// The same for content that is too long to be held.
    public void replace(Path file, Consumer<OutputStream> content) throws IOException {
        Path draft = draft(file);
        try {
            try (OutputStream out =
                    Files.newOutputStream(draft, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                permit(draft);
                content.accept(out);
            }
            force(draft);
            publish(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// Notes that a database's transaction is to be committed.
    public void commitDue(Path database) throws IOException {
        listener.reached(DiskStep.COMMIT_DUE, database);
    }

    public void committed(Path database) throws IOException {
        listener.reached(DiskStep.COMMITTED, database);
    }

    private void publish(Path draft, Path file) throws IOException {
        rename(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(file.getParent());
    }

    private static Path draft(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    }
}
