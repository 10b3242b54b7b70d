package dev.tactus.ingest.catalog;

import dev.tactus.digest.Sha256Stream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// A catalog file being read: its header, its rows, and the digest of its bytes once they are all read.
///
/// Anything that is not UTF-8 text is refused with what it seems to be. Not safe for use by several threads.
final class CatalogText implements AutoCloseable {
    private static final Map<String, String> SIGNATURES = Map.of(
            "504b0304", "a spreadsheet or a zip archive; save it as CSV (UTF-8)",
            "d0cf11e0", "an old spreadsheet; save it as CSV (UTF-8)",
            "1f8b", "a gzip archive; unpack it",
            "fffe", "text in UTF-16; save it as UTF-8",
            "feff", "text in UTF-16; save it as UTF-8",
            "50415231", "a Parquet file; export it as CSV",
            "25504446", "a PDF document");

    private final Path file;
    private final InputStream bytes;
    private final Sha256Stream digest;
    private final CsvRowReader rows;
    private final CatalogColumns columns;

    private CatalogText(Path file, InputStream bytes, Sha256Stream digest) throws IOException {
        this.file = file;
        this.bytes = bytes;
        this.digest = digest;
        this.rows = new CsvRowReader(decoded(digest.over(bytes)));
        this.columns = header();
    }

    /// @throws BadCatalog if it is something else than UTF-8 text with a usable header
    static CatalogText open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new BadCatalog(file + " is a folder; name the catalog file in it");
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            refuseKnownBinary(file, in);
            return new CatalogText(file, in, new Sha256Stream());
        } catch (CharacterCodingException e) {
            in.close();
            throw notUtf8(file, 0, e);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    CatalogColumns columns() {
        return columns;
    }

    /// The next row, or nothing at the end.
    Optional<CsvRow> next() {
        try {
            Optional<CsvRow> row = rows.next();
            if (row.isPresent() && row.orElseThrow().raw().indexOf('\0') >= 0) {
                throw new BadCatalog(file + " is not a text file: line "
                        + row.orElseThrow().line() + " holds a zero byte; it has to be CSV in UTF-8");
            }
            return row;
        } catch (CharacterCodingException e) {
            throw notUtf8(file, rows.linesRead(), e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// The digest in lower-case hex; only once all rows are read.
    String sha256() {
        return digest.digest().hex();
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    static BadCatalog unreadable(Path file, IOException e) {
        return switch (e) {
            case NoSuchFileException ignored ->
                new BadCatalog("the catalog " + file + " does not exist; correct `catalog` in the configuration", e);
            case AccessDeniedException ignored ->
                new BadCatalog("the catalog " + file + " may not be read; give this user the right to", e);
            default -> new BadCatalog("the catalog " + file + " can't be read: " + e.getMessage(), e);
        };
    }

    private static BadCatalog notUtf8(Path file, long line, CharacterCodingException e) {
        return new BadCatalog(
                file + " is not UTF-8 text: bytes in or after line " + (line + 1)
                        + " mean nothing in it; save the file as CSV in UTF-8",
                e);
    }

    private CatalogColumns header() {
        Optional<CsvRow> row = next();
        return switch (row.orElseThrow(
                () -> new BadCatalog(file + " is empty; it needs a header with a column isrc, and rows"))) {
            case CsvRow.Broken broken -> throw new BadCatalog(file + ": its header is broken: " + broken.reason());
            case CsvRow.Fields fields -> {
                try {
                    yield CatalogColumns.of(fields.values());
                } catch (BadCatalog e) {
                    throw new BadCatalog(file + ": " + e.getMessage(), e);
                }
            }
        };
    }

    private static BufferedReader decoded(InputStream bytes) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        reader.mark(1);
        int first = reader.read();
        if (first != '\uFEFF' && first >= 0) {
            reader.reset();
        }
        return reader;
    }

    private static void refuseKnownBinary(Path file, InputStream in) throws IOException {
        in.mark(8);
        String start = HexFormat.of().formatHex(in.readNBytes(4));
        in.reset();
        SIGNATURES.forEach((signature, what) -> {
            if (start.startsWith(signature)) {
                throw new BadCatalog(file + " is not CSV but " + what);
            }
        });
    }
}
