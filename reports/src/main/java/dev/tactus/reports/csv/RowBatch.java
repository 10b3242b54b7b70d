package dev.tactus.reports.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Some thousand rows, cut into cells, on their way from the thread that reads to the thread that converts. One thread
/// has it at a time.
public final class RowBatch {
    /// What a row is.
    enum Kind {
        WHOLE,
        /// A quote in it is never closed, or closed in the middle of a cell.
        BROKEN
    }

    final byte[] buffer;
    int[] cellStarts = new int[1 << 14];
    int[] cellEnds = new int[1 << 14];
    int cells;
    private long[] lines = new long[1 << 11];
    private int[] starts = new int[1 << 11];
    private int[] ends = new int[1 << 11];
    private int[] firstCells = new int[(1 << 11) + 1];
    private boolean[] ascii = new boolean[1 << 11];
    private boolean[] broken = new boolean[1 << 11];
    private int rows;
    private boolean open;
    private final Charset charset;

    RowBatch(Charset charset, int bufferBytes) {
        this.buffer = new byte[bufferBytes];
        this.charset = charset;
    }

    void clear() {
        rows = 0;
        cells = 0;
        open = false;
    }

    public int rows() {
        return rows;
    }

    void addCell(int start, int end) {
        if (cells == cellStarts.length) {
            cellStarts = Arrays.copyOf(cellStarts, cells * 2);
            cellEnds = Arrays.copyOf(cellEnds, cells * 2);
        }
        cellStarts[cells] = start;
        cellEnds[cells++] = end;
    }

    /// Ends a row, whose cells were added since the last one.
    void addRow(long line, int firstCell, int start, int end, boolean isAscii, Kind kind) {
        if (rows == lines.length) {
            int length = rows * 2;
            lines = Arrays.copyOf(lines, length);
            starts = Arrays.copyOf(starts, length);
            ends = Arrays.copyOf(ends, length);
            ascii = Arrays.copyOf(ascii, length);
            broken = Arrays.copyOf(broken, length);
            firstCells = Arrays.copyOf(firstCells, length + 1);
        }
        lines[rows] = line;
        starts[rows] = start;
        ends[rows] = end;
        ascii[rows] = isAscii;
        broken[rows] = kind == Kind.BROKEN;
        firstCells[rows++] = firstCell;
        firstCells[rows] = cells;
    }

    /// The number of the line on which the row begins, from 1.
    public long line(int row) {
        return lines[row];
    }

    /// The text ends in the row added last, without a line end.
    void leaveOpen() {
        open = true;
    }

    /// Whether the text ends in this row, without a line end.
    public boolean isOpen(int row) {
        return open && row == rows - 1;
    }

    public boolean isBroken(int row) {
        return broken[row];
    }

    /// Moves `cells` to a row.
    public void read(int row, RowView target) {
        int firstCell = firstCells[row];
        target.at(buffer, cellStarts, cellEnds, firstCell, firstCells[row + 1] - firstCell, charset);
    }

    /// The row as it stands in the file, without its line end, in UTF-8.
    public byte[] raw(int row) {
        if (ascii[row] || charset.equals(StandardCharsets.UTF_8)) {
            return Arrays.copyOfRange(buffer, starts[row], ends[row]);
        }
        return new String(buffer, starts[row], ends[row] - starts[row], charset).getBytes(StandardCharsets.UTF_8);
    }
}
