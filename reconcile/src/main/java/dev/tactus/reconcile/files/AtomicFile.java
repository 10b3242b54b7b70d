package dev.tactus.reconcile.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a file for people that is there whole or not at all; what stood there before stays until then.
public final class AtomicFile {
    private AtomicFile() {}

    /// Puts it into a stream.
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    public static void write(Path file, Content content) throws IOException {
        Path whole = file.toAbsolutePath();
        if (Files.exists(whole) && !Files.isRegularFile(whole)) {
            // a pipe or a device can't be put in its place
            try (OutputStream out = Files.newOutputStream(whole)) {
                content.write(out);
            }
            return;
        }
        Path draft = whole.resolveSibling("." + whole.getFileName() + ".new");
        try {
            try (OutputStream out = Files.newOutputStream(draft)) {
                content.write(out);
            }
            Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
