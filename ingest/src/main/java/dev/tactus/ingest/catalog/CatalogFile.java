package dev.tactus.ingest.catalog;

import dev.tactus.ingest.catalog.CatalogRejects.Kind;
import dev.tactus.music.Recording;
import dev.tactus.music.identifiers.Isrc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The label's catalog as a file: RFC 4180, UTF-8 with or without byte order mark, columns by the names in its header.
///
/// It is read twice, row by row: first to see that it can be used at all and which recordings are named more than once,
/// then to hand the recordings over. Nothing is touched where the first reading fails. Memory is bounded: 8 to 16 bytes
/// a recording, and at most {@value CatalogMerge#MOST_HELD} rows of recordings that are named more than once.
///
/// @param file the catalog
/// @param artistSeparator what stands between the artists of a credit
/// @param rejects where rows are listed that were rejected, changed or merged
public record CatalogFile(Path file, String artistSeparator, Path rejects) {
    /// Takes a catalog whole; a failure of the recordings' iterator has to leave it with what it had.
    @FunctionalInterface
    public interface Keeper {
        void replaceWith(String sha256, Iterator<Recording> recordings);
    }

    public CatalogFile {
        if (artistSeparator.isEmpty()) {
            throw new IllegalArgumentException("the artist separator is empty");
        }
    }

    /// Reads the file into the keeper and writes the rejects file, if there is anything in it.
    ///
    /// @throws BadCatalog if the file can't be used; then nothing was touched
    public CatalogSummary load(Keeper keeper) {
        CatalogScan scan = CatalogScan.of(file);
        try (CatalogRejects log = new CatalogRejects(rejects);
                CatalogText text = CatalogText.open(file)) {
            Rows rows = new Rows(text, scan, log);
            keeper.replaceWith(scan.sha256(), rows);
            return new CatalogSummary(
                    file,
                    scan.sha256(),
                    scan.rows(),
                    rows.handedOver,
                    log.count(Kind.REJECTED),
                    log.count(Kind.WARNING),
                    log.count(Kind.MERGED),
                    log.keep());
        } catch (IOException e) {
            throw CatalogText.unreadable(file, e);
        }
    }

    /// Sees whether the file can be used, without keeping anything.
    ///
    /// @throws BadCatalog if it can't
    public CatalogSummary check() {
        CatalogScan scan = CatalogScan.of(file);
        return new CatalogSummary(
                file,
                scan.sha256(),
                scan.rows(),
                scan.recordings(),
                scan.rejected(),
                0,
                scan.rows() - scan.rejected() - scan.recordings(),
                Optional.empty());
    }

    /// The recordings of the second reading.
    private final class Rows implements Iterator<Recording> {
        private final CatalogText text;
        private final CatalogScan scan;
        private final CatalogRejects rejects;
        private final CatalogEntryReader reader;
        private final CatalogMerge merge;
        private @Nullable Iterator<Recording> held;
        private @Nullable Recording next;
        private long handedOver;

        Rows(CatalogText text, CatalogScan scan, CatalogRejects rejects) throws IOException {
            this.text = text;
            this.scan = scan;
            this.rejects = rejects;
            this.reader = new CatalogEntryReader(text.columns(), artistSeparator);
            this.merge = new CatalogMerge(scan.repeated());
        }

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = find().orElse(null);
            }
            return next != null;
        }

        @Override
        public Recording next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Recording found = next;
            next = null;
            handedOver++;
            return found;
        }

        private Optional<Recording> find() {
            while (held == null) {
                Optional<CsvRow> row = text.next();
                if (row.isEmpty()) {
                    if (!text.sha256().equals(scan.sha256())) {
                        throw new BadCatalog(file + " changed while it was read; start again when it is complete");
                    }
                    held = merge.held();
                } else {
                    Optional<Recording> taken = take(row.orElseThrow());
                    if (taken.isPresent()) {
                        return taken;
                    }
                }
            }
            return held.hasNext() ? Optional.of(held.next()) : Optional.empty();
        }

        private Optional<Recording> take(CsvRow row) {
            return switch (row) {
                case CsvRow.Broken broken -> reject(row, broken.reason());
                case CsvRow.Fields fields ->
                    switch (reader.read(fields.values())) {
                        case CatalogEntry.Unusable unusable -> reject(row, unusable.reason());
                        case CatalogEntry.Read read -> {
                            read.warnings().forEach(warning -> rejects.add(Kind.WARNING, row, warning));
                            yield merged(row, read.recording());
                        }
                    };
            };
        }

        private Optional<Recording> merged(CsvRow row, Recording recording) {
            Isrc isrc = recording.isrc();
            return switch (merge.take(recording)) {
                case CatalogMerge.Single single -> Optional.of(single.recording());
                case CatalogMerge.First ignored -> Optional.empty();
                case CatalogMerge.Repeated repeated -> {
                    rejects.add(Kind.MERGED, row, isrc + " is named before; " + repeated.outcome());
                    yield Optional.empty();
                }
            };
        }

        private Optional<Recording> reject(CsvRow row, String reason) {
            rejects.add(Kind.REJECTED, row, reason);
            return Optional.empty();
        }
    }
}
