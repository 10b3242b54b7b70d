package dev.tactus.reconcile.files;

import dev.tactus.lake.files.Disk;
import dev.tactus.lake.files.FilePermissions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;

/// Writes a file for people that is there whole or not at all; what stood there before stays until then.
public final class AtomicFile {
    private AtomicFile() {}

    /// Puts it into a stream.
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /// As the system makes files.
    public static void write(Path file, Content content) throws IOException {
        write(file, Optional.empty(), content);
    }

    /// The same, in a folder that is made where it is missing.
    ///
    /// @param permitted who may read it; otherwise as the system makes files
    public static void writeInFolder(Path file, Optional<FilePermissions> permitted, Content content)
            throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        if (permitted.isPresent()) {
            Disk.createFolder(folder, permitted.get());
        } else {
            Files.createDirectories(folder);
        }
        write(file, permitted, content);
    }

    private static void write(Path file, Optional<FilePermissions> permitted, Content content) throws IOException {
        Path whole = file.toAbsolutePath();
        if (Files.exists(whole) && !Files.isRegularFile(whole)) {
            // a pipe or a device can't be put in its place
            try (OutputStream out = Files.newOutputStream(whole)) {
                fill(out, content);
            }
            return;
        }
        Path draft = whole.resolveSibling("." + whole.getFileName() + ".new");
        try {
            try (OutputStream out = Files.newOutputStream(draft)) {
                if (permitted.isPresent()) {
                    permitted.get().file(draft);
                }
                fill(out, content);
            }
            Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// A library that wraps what the disk said is unwrapped, so that it is told as what it is.
    private static void fill(OutputStream out, Content content) throws IOException {
        try {
            content.write(out);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException disk) {
                throw disk;
            }
            throw e;
        }
    }
}
