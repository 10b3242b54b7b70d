package dev.tactus.ingest.catalog;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Reads RFC 4180 row by row, so that one broken row doesn't take the rows after it along.
///
/// A reader of the whole file can't go on after a quote that is never closed: the rest of the file is one field to it.
/// So the rows are cut out first. A quote still open after {@value #LONGEST_ROW_LINES} lines breaks the line on which
/// the row began, and that line alone; so does one that is closed in the middle of a field. Reading goes on with the
/// line after it. Memory is bounded by that many lines of
/// {@value #LONGEST_LINE} characters. Not safe for use by several threads.
final class CsvRowReader {
    static final int LONGEST_LINE = 256 * 1024;
    static final int LONGEST_ROW_LINES = 100;

    private final CsvReader.CsvReaderBuilder oneRow =
            CsvReader.builder().skipEmptyLines(false).allowUnclosedQuote(false);
    private final PushbackReader source;
    private final Deque<Line> ahead = new ArrayDeque<>();
    private long linesRead;

    CsvRowReader(Reader source) {
        this.source = new PushbackReader(source, 1);
    }

    /// The next row that isn't blank, or nothing at the end of the file.
    Optional<CsvRow> next() throws IOException {
        for (Optional<Line> line = line(); line.isPresent(); line = line()) {
            Line first = line.orElseThrow();
            if (!first.text().isBlank()) {
                return Optional.of(first.tooLong() ? tooLong(first) : row(first));
            }
        }
        return Optional.empty();
    }

    /// The number of the line read last.
    long linesRead() {
        return linesRead;
    }

    private CsvRow row(Line first) throws IOException {
        StringBuilder raw = new StringBuilder(first.text());
        Quotes quotes = new Quotes();
        quotes.read(first.text());
        Deque<Line> more = new ArrayDeque<>();
        while (quotes.open() && more.size() < LONGEST_ROW_LINES) {
            Optional<Line> next = line();
            if (next.isEmpty()) {
                break;
            }
            Line line = next.orElseThrow();
            more.addLast(line);
            raw.append('\n').append(line.text());
            quotes.read("\n");
            quotes.read(line.text());
        }
        Optional<CsvRow> row = quotes.open() ? Optional.empty() : parsed(first.number(), raw.toString());
        return row.orElseGet(() -> {
            // the lines after it may be sound rows
            while (!more.isEmpty()) {
                ahead.addFirst(more.removeLast());
            }
            return new CsvRow.Broken(first.number(), first.text(), "a quote is never closed or closed too early");
        });
    }

    private Optional<CsvRow> parsed(long line, String raw) {
        try {
            return Optional.of(
                    new CsvRow.Fields(line, raw, oneRow.ofSingleCsvRecord(raw).getFields()));
        } catch (CsvParseException e) {
            return Optional.empty();
        }
    }

    private static CsvRow tooLong(Line line) {
        return new CsvRow.Broken(
                line.number(), line.text(), "the line has more than " + LONGEST_LINE + " characters (shown cut off)");
    }

    private Optional<Line> line() throws IOException {
        if (!ahead.isEmpty()) {
            return Optional.of(ahead.removeFirst());
        }
        int c = source.read();
        if (c < 0) {
            return Optional.empty();
        }
        linesRead++;
        StringBuilder text = new StringBuilder();
        boolean tooLong = false;
        for (; c >= 0 && c != '\n' && c != '\r'; c = source.read()) {
            if (text.length() < LONGEST_LINE) {
                text.append((char) c);
            } else {
                tooLong = true;
            }
        }
        if (c == '\r') {
            int after = source.read();
            if (after >= 0 && after != '\n') {
                source.unread(after);
            }
        }
        return Optional.of(new Line(linesRead, tooLong ? text.substring(0, 1000) : text.toString(), tooLong));
    }

    private record Line(long number, String text, boolean tooLong) {}

    /// Whether the text read so far ends inside a quoted field.
    private static final class Quotes {
        private boolean fieldBegins = true;
        private boolean quoted;

        void read(CharSequence text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (quoted) {
                    // a doubled quote closes and opens again, which comes to the same
                    quoted = c != '"';
                    fieldBegins = !quoted;
                } else if (c == '"' && fieldBegins) {
                    quoted = true;
                } else {
                    fieldBegins = c == ',';
                }
            }
        }

        boolean open() {
            return quoted;
        }
    }
}
