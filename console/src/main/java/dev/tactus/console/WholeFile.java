package dev.tactus.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a file that is there whole or not at all; what stood there before stays until then.
final class WholeFile {
    private WholeFile() {}

    /// Puts it into a stream and says how much there was.
    interface Content {
        long write(OutputStream out) throws IOException;
    }

    static long write(Path file, Content content) throws IOException {
        Path whole = file.toAbsolutePath();
        if (Files.exists(whole) && !Files.isRegularFile(whole)) {
            // a pipe or a device can't be put in its place
            try (OutputStream out = Files.newOutputStream(whole)) {
                return content.write(out);
            }
        }
        Path draft = whole.resolveSibling("." + whole.getFileName() + ".new");
        try {
            long amount;
            try (OutputStream out = Files.newOutputStream(draft)) {
                amount = content.write(out);
            }
            Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return amount;
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
