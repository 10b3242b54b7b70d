package dev.tactus.reports.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/// A sheet as comma separated text in UTF-8, made while it is read. Not thread-safe.
public final class SheetText extends InputStream {
    private static final int LINES_AT_ONCE = 4_096;

    private final RowSource rows;
    private final SheetRow row = new SheetRow();
    private final StringBuilder text = new StringBuilder();
    private byte[] bytes = new byte[0];
    private int position;
    private long lines;
    /// As wide as the widest row so far: rows are as long as their header, whatever stands in their last cells.
    private int width;

    private boolean pending;
    private boolean ended;

    SheetText(RowSource rows) {
        this.rows = rows;
    }

    /// Whether a cell read so far is stored as a number with decimals: then the point is the mark before them.
    public boolean hasDecimals() {
        return row.hasDecimals();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (position == bytes.length) {
            if (ended) {
                return -1;
            }
            refill();
        }
        int taken = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, target, offset, taken);
        position += taken;
        return taken;
    }

    private void refill() throws IOException {
        text.setLength(0);
        try {
            while (text.length() < LINES_AT_ONCE * 8) {
                if (!pending) {
                    if (!rows.next(row)) {
                        ended = true;
                        break;
                    }
                    pending = !row.cells().isEmpty();
                }
                if (pending) {
                    write();
                }
            }
        } catch (XMLStreamException e) {
            throw new BrokenWorkbook("its XML is damaged: " + e.getMessage(), e);
        }
        bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        position = 0;
    }

    /// Writes the row, or some of the blank lines before it.
    private void write() throws BrokenWorkbook {
        if (row.number() <= lines) {
            throw new BrokenWorkbook("row " + row.number() + " comes after row " + lines);
        }
        for (int blank = 0; lines + 1 < row.number(); blank++) {
            if (blank == LINES_AT_ONCE) {
                return;
            }
            text.append('\n');
            lines++;
        }
        List<String> cells = row.cells();
        width = Math.max(width, cells.size());
        for (int i = 0; i < width; i++) {
            if (i > 0) {
                text.append(',');
            }
            if (i < cells.size()) {
                append(cells.get(i));
            }
        }
        text.append('\n');
        lines++;
        pending = false;
    }

    private void append(String cell) {
        boolean quoted = cell.indexOf(',') >= 0 || cell.indexOf('"') >= 0;
        if (quoted) {
            text.append('"');
        }
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '\r' && i + 1 < cell.length() && cell.charAt(i + 1) == '\n') {
                continue;
            }
            if (c == '"') {
                text.append('"');
            }
            text.append(c == '\n' || c == '\r' || c == 0 ? ' ' : c);
        }
        if (quoted) {
            text.append('"');
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
