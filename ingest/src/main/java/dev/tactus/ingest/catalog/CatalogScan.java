package dev.tactus.ingest.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The result of the first pass over a catalog: that it can be used, and which recordings several rows name.
record CatalogScan(String sha256, long rows, long recordings, long rejected, IsrcSet repeated) {
    static CatalogScan of(Path file) {
        try (CatalogText text = CatalogText.open(file)) {
            CatalogEntryReader reader = new CatalogEntryReader(text.columns(), ";");
            IsrcSet seen = new IsrcSet();
            IsrcSet repeated = new IsrcSet();
            long rows = 0;
            long rejected = 0;
            String firstReason = "";
            for (Optional<CsvRow> row = text.next(); row.isPresent(); row = text.next()) {
                rows++;
                Optional<String> reason = reason(row.orElseThrow(), reader, seen, repeated);
                if (reason.isPresent()) {
                    rejected++;
                    firstReason = firstReason.isEmpty()
                            ? "line " + row.orElseThrow().line() + ": " + reason.orElseThrow()
                            : firstReason;
                }
            }
            if (seen.size() == 0) {
                throw new BadCatalog(
                        rows == 0
                                ? file + " holds a header and no rows; it needs at least one recording"
                                : file + ": none of its " + rows + " rows names a valid ISRC; " + firstReason);
            }
            return new CatalogScan(text.sha256(), rows, seen.size(), rejected, repeated);
        } catch (IOException e) {
            throw CatalogText.unreadable(file, e);
        }
    }

    private static Optional<String> reason(CsvRow row, CatalogEntryReader reader, IsrcSet seen, IsrcSet repeated) {
        return switch (row) {
            case CsvRow.Broken broken -> Optional.of(broken.reason());
            case CsvRow.Fields fields ->
                switch (reader.read(fields.values())) {
                    case CatalogEntry.Unusable unusable -> Optional.of(unusable.reason());
                    case CatalogEntry.Read read -> {
                        if (!seen.add(read.recording().isrc())) {
                            repeated.add(read.recording().isrc());
                        }
                        yield Optional.empty();
                    }
                };
        };
    }
}
