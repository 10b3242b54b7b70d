package dev.tactus.simulator;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.tactus.music.Recording;
import dev.tactus.simulator.catalog.ServedCatalog;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Streams the master catalog as CSV (RFC 4180), as a label would keep it: no faster than it is read. One for each
/// download, on one event loop.
final class CatalogDownload {
    private static final int ROWS_AT_ONCE = 500;
    private static final String[] HEADER = {
        "isrc", "title", "artists", "duration_ms", "upc", "explicit", "label", "release_date", "territories", "priority"
    };

    private final ServedCatalog catalog;
    private final Context context;
    private final HttpServerResponse response;
    private long next;

    CatalogDownload(ServedCatalog catalog, Context context, HttpServerResponse response) {
        this.catalog = catalog;
        this.context = context;
        this.response = response;
    }

    void start() {
        response.putHeader("Content-Type", "text/csv; charset=utf-8").setChunked(true);
        response.write(Buffer.buffer(String.join(",", HEADER) + "\r\n"));
        pump();
    }

    /// Some rows, then whoever else waits for this event loop, then more.
    private void pump() {
        if (response.closed()) {
            return;
        }
        if (next >= catalog.recordings()) {
            response.end();
            return;
        }
        response.write(Buffer.buffer(rows()));
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> pump());
        } else {
            response.drainHandler(null);
            context.runOnContext(then -> pump());
        }
    }

    private String rows() {
        StringWriter text = new StringWriter();
        long end = Math.min(catalog.recordings(), next + ROWS_AT_ONCE);
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            for (; next < end; next++) {
                csv.writeRecord(row(catalog.recording(next)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
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
