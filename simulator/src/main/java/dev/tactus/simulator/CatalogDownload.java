package dev.tactus.simulator;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.tactus.music.Recording;
import dev.tactus.simulator.catalog.ServedCatalog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The master catalog as CSV (RFC 4180), as a label would keep it; some rows are in memory at a time. One for each
/// download, not thread-safe.
final class CatalogDownload extends InputStream {
    private static final int ROWS_AT_ONCE = 500;
    private static final String[] HEADER = {
        "isrc", "title", "artists", "duration_ms", "upc", "explicit", "label", "release_date", "territories", "priority"
    };

    private final ServedCatalog catalog;
    private long next;
    private ByteArrayInputStream rows = new ByteArrayInputStream(new byte[0]);

    CatalogDownload(ServedCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public int read() {
        fill();
        return rows.read();
    }

    @Override
    public int read(byte[] to, int from, int length) {
        fill();
        return rows.read(to, from, length);
    }

    @Override
    public int available() {
        fill();
        return rows.available();
    }

    private void fill() {
        if (rows.available() > 0 || next >= catalog.recordings()) {
            return;
        }
        StringWriter text = new StringWriter();
        long end = Math.min(catalog.recordings(), next + ROWS_AT_ONCE);
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            if (next == 0) {
                csv.writeRecord(HEADER);
            }
            for (; next < end; next++) {
                csv.writeRecord(row(catalog.recording(next)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows = new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String[] row(Recording recording) {
        return new String[] {
            recording.isrc().value(),
            text(recording.title()),
            text(recording.artistCredit()),
            text(recording.durationMs()),
            text(recording.upc()),
            text(recording.explicit()),
            text(recording.label()),
            text(recording.releaseDate()),
            String.join(";", recording.territories()),
            String.valueOf(recording.priority())
        };
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
