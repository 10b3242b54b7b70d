package dev.tactus.reports.csv;

import dev.tactus.reports.BadReport;
import java.io.IOException;
import java.io.InputStream;

/// Cuts bytes into rows and rows into cells (RFC 4180, with any of four delimiters), with the number of every line.
///
/// A quote that is never closed, or closed in the middle of a cell, breaks the line it stands on and that line alone:
/// reading goes on with the next one. A quoted cell may go over {@value #MOST_LINES} lines. Memory is bounded by the
/// batches; a row of more than {@value #MOST_BYTES} bytes stops the reading. Not thread-safe.
final class RowReader {
    static final int BUFFER = 1 << 21;
    static final int MOST_BYTES = 1 << 20;
    static final int MOST_LINES = 100;
    private static final int INCOMPLETE = -1;
    private static final int BROKEN = -2;

    private final String name;
    private final InputStream in;
    private final byte delimiter;
    private final boolean quotes;
    private final byte[] rest;
    private int restLength;
    private boolean ended;
    private long line = 1;

    // the row that is being cut
    private int linesWithin;
    private int rowEnd;
    private byte bits;

    /// Reads from the beginning of a text.
    ///
    /// @param name of the content, for messages
    /// @param in text in an encoding in which delimiters, quotes and line ends are single bytes
    /// @param bufferBytes as large as the batches'
    RowReader(String name, InputStream in, CsvDialect dialect, int bufferBytes) {
        this.rest = new byte[bufferBytes];
        this.name = name;
        this.in = in;
        this.delimiter = dialect.delimiter().character();
        this.quotes = dialect.quotes();
    }

    /// Fills an empty batch; false at the end.
    ///
    /// @throws BadReport if a row is longer than any row of a report
    boolean fill(RowBatch batch) throws IOException {
        batch.clear();
        byte[] buffer = batch.buffer;
        System.arraycopy(rest, 0, buffer, 0, restLength);
        int limit = restLength;
        if (!ended) {
            int read = in.readNBytes(buffer, limit, buffer.length - limit);
            limit += read;
            ended = limit < buffer.length;
        }
        int position = 0;
        while (position < limit) {
            int next = cut(batch, position, limit);
            if (next == INCOMPLETE) {
                break;
            }
            position = next;
        }
        if (limit - position > MOST_BYTES) {
            throw tooLong();
        }
        restLength = limit - position;
        System.arraycopy(buffer, position, rest, 0, restLength);
        return batch.rows() > 0 || restLength > 0 || !ended;
    }

    /// The lines read so far, blank ones too.
    long lines() {
        return line - 1;
    }

    private BadReport tooLong() {
        return new BadReport(name + ": line " + line + " is longer than " + (MOST_BYTES >> 20)
                + " MB, which no report has. Its line endings are missing or damaged, or it is not a report");
    }

    /// Cuts one row and adds it, unless it is blank.
    ///
    /// @return where the next one begins, or INCOMPLETE
    private int cut(RowBatch batch, int start, int limit) {
        int firstCell = batch.cells;
        linesWithin = 0;
        bits = 0;
        int next = cells(batch, start, limit);
        if (next == INCOMPLETE) {
            batch.cells = firstCell;
            return INCOMPLETE;
        }
        RowBatch.Kind kind = RowBatch.Kind.WHOLE;
        if (next == BROKEN) {
            batch.cells = firstCell;
            linesWithin = 0;
            kind = RowBatch.Kind.BROKEN;
            bits = -1;
            next = lineEnd(batch.buffer, start, limit);
            if (next == INCOMPLETE) {
                return INCOMPLETE;
            }
        }
        if (rowEnd - start > MOST_BYTES) {
            throw tooLong();
        }
        if (!blank(batch.buffer, start, rowEnd)) {
            batch.addRow(line, firstCell, start, rowEnd, bits >= 0, kind);
            if (ended && rowEnd == limit) {
                batch.leaveOpen();
            }
        } else {
            batch.cells = firstCell;
        }
        line += 1 + linesWithin;
        return next;
    }

    private static boolean blank(byte[] buffer, int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /// Adds the cells of the row that begins here.
    private int cells(RowBatch batch, int start, int limit) {
        byte[] buffer = batch.buffer;
        byte delimiting = delimiter;
        int seen = 0;
        int cellStart = start;
        int i = start;
        while (i < limit) {
            byte b = buffer[i];
            if (b == delimiting) {
                batch.addCell(cellStart, i);
                cellStart = ++i;
            } else if (b == '\n') {
                batch.addCell(cellStart, i);
                rowEnd = i;
                bits |= (byte) seen;
                return i + 1;
            } else if (b == '\r') {
                int next = lineEnd(buffer, i, limit);
                if (next != INCOMPLETE) {
                    batch.addCell(cellStart, i);
                    rowEnd = i;
                    bits |= (byte) seen;
                }
                return next;
            } else if (b == '"' && i == cellStart && quotes) {
                i = quoted(batch, i, limit);
                if (i < 0) {
                    return i;
                }
                if (i == limit || buffer[i] != delimiting) {
                    rowEnd = i;
                    bits |= (byte) seen;
                    return i == limit ? (ended ? limit : INCOMPLETE) : lineEnd(buffer, i, limit);
                }
                cellStart = ++i;
                if (i == limit && ended) {
                    break;
                }
            } else {
                seen |= b;
                i++;
            }
        }
        if (!ended) {
            return INCOMPLETE;
        }
        batch.addCell(cellStart, limit);
        rowEnd = limit;
        bits |= (byte) seen;
        return limit;
    }

    /// Adds a quoted cell.
    ///
    /// @return where its delimiter or line end stands
    private int quoted(RowBatch batch, int quote, int limit) {
        byte[] buffer = batch.buffer;
        boolean escaped = false;
        int seen = 0;
        for (int i = quote + 1; i < limit; i++) {
            byte b = buffer[i];
            seen |= b;
            if (b == '\n' || (b == '\r' && i + 1 < limit && buffer[i + 1] != '\n')) {
                if (++linesWithin > MOST_LINES) {
                    return BROKEN;
                }
            } else if (b == '"') {
                if (i + 1 == limit && !ended) {
                    return INCOMPLETE;
                }
                if (i + 1 < limit && buffer[i + 1] == '"') {
                    escaped = true;
                    i++;
                    continue;
                }
                int after = i + 1;
                if (after < limit && buffer[after] != delimiter && buffer[after] != '\n' && buffer[after] != '\r') {
                    return BROKEN;
                }
                batch.addCell(quote + 1, escaped ? RowView.escaped(i) : i);
                bits |= (byte) seen;
                return after;
            }
            if (i - quote > MOST_BYTES) {
                return BROKEN;
            }
        }
        return ended ? BROKEN : INCOMPLETE;
    }

    /// Where the next line begins; sets where this one ends.
    private int lineEnd(byte[] buffer, int start, int limit) {
        for (int i = start; i < limit; i++) {
            if (buffer[i] == '\n') {
                rowEnd = i;
                return i + 1;
            }
            if (buffer[i] == '\r') {
                if (i + 1 == limit && !ended) {
                    return INCOMPLETE;
                }
                rowEnd = i;
                return i + 1 < limit && buffer[i + 1] == '\n' ? i + 2 : i + 1;
            }
        }
        rowEnd = limit;
        return ended ? limit : INCOMPLETE;
    }
}
