package dev.tactus.ingest.catalog;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.tactus.ingest.run.RunFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The file of rows that were rejected, changed or merged: line, kind, reason, the row.
///
/// It is written beside its place and moved there by [#keep]; closed without that, nothing is left behind and an older
/// file stays as it was. Not safe for use by several threads.
final class CatalogRejects implements AutoCloseable {
    enum Kind {
        REJECTED,
        WARNING,
        MERGED
    }

    private final Path file;
    private final Path part;
    private @Nullable CsvWriter writer;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    CatalogRejects(Path file) {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
    }

    void add(Kind kind, CsvRow row, String reason) {
        try {
            if (writer == null) {
                writer = CsvWriter.builder().build(part);
                writer.writeRecord("line", "kind", "reason", "row");
            }
            writer.writeRecord(Long.toString(row.line()), kind.name().toLowerCase(Locale.ROOT), reason, row.raw());
            counts.merge(kind, 1L, Long::sum);
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(e);
        }
    }

    long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /// Puts the file in its place; where it has no rows, an older one is deleted.
    Optional<Path> keep() {
        try {
            if (writer == null) {
                Files.deleteIfExists(file);
                return Optional.empty();
            }
            writer.close();
            writer = null;
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return Optional.of(file);
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(e);
        }
    }

    @Override
    public void close() {
        try {
            if (writer != null) {
                writer.close();
            }
            Files.deleteIfExists(part);
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(e);
        }
    }

    private RunFailure unwritable(Exception e) {
        return new RunFailure(
                file + " can't be written (" + e.getMessage() + "); make its folder writable or free some space", e);
    }
}
