package dev.tactus.reports.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The cells of one row: stretches of a buffer. Moved from row to row rather than made anew for each. Not thread-safe.
public final class RowView {
    private static final int ESCAPED = Integer.MIN_VALUE;

    private byte[] buffer = new byte[0];
    private int[] starts = new int[0];
    /// With the sign bit where doubled quotes stand for one.
    private int[] ends = new int[0];
    private int first;
    private int count;
    private Charset charset = StandardCharsets.UTF_8;

    void at(byte[] newBuffer, int[] newStarts, int[] newEnds, int firstCell, int cells, Charset encoded) {
        buffer = newBuffer;
        starts = newStarts;
        ends = newEnds;
        first = firstCell;
        count = cells;
        charset = encoded;
    }

    /// A row of one's own making.
    public static RowView of(List<String> texts) {
        StringBuilder all = new StringBuilder();
        int[] starts = new int[texts.size()];
        int[] ends = new int[texts.size()];
        int length = 0;
        for (int i = 0; i < texts.size(); i++) {
            // never a quote right before a cell that is not quoted
            all.append('\n').append(texts.get(i));
            starts[i] = length + 1;
            length += 1 + texts.get(i).getBytes(StandardCharsets.UTF_8).length;
            ends[i] = length;
        }
        RowView cells = new RowView();
        byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
        cells.at(bytes, starts, ends, 0, texts.size(), StandardCharsets.UTF_8);
        return cells;
    }

    static int escaped(int end) {
        return end | ESCAPED;
    }

    public int count() {
        return count;
    }

    public byte[] buffer() {
        return buffer;
    }

    /// Where the cell begins, without the spaces around its text.
    public int start(int cell) {
        int start = starts[first + cell];
        int end = ends[first + cell] & ~ESCAPED;
        if (start < end && buffer[start] > ' ') {
            return start;
        }
        while (start < end && blank(buffer[start])) {
            start++;
        }
        return start;
    }

    public int end(int cell) {
        int end = ends[first + cell] & ~ESCAPED;
        if (end == starts[first + cell] || !blank(buffer[end - 1])) {
            return end;
        }
        // a cell of nothing but spaces begins and ends behind them
        int start = start(cell);
        while (end > start && blank(buffer[end - 1])) {
            end--;
        }
        return end;
    }

    /// Where all that stands in the cell begins, its quote too; the row's end where the row does not have the cell.
    public int from(int cell) {
        return cell < count ? starts[first + cell] - (isQuoted(cell) ? 1 : 0) : end();
    }

    /// Where all that stands in the cell ends, its quote too; the row's end where the row does not have the cell.
    public int to(int cell) {
        return cell < count ? (ends[first + cell] & ~ESCAPED) + (isQuoted(cell) ? 1 : 0) : end();
    }

    private int end() {
        return count == 0 ? 0 : to(count - 1);
    }

    /// Whether quotes stand around what the cell holds.
    public boolean isQuoted(int cell) {
        int start = starts[first + cell];
        int end = ends[first + cell] & ~ESCAPED;
        return start > 0 && buffer[start - 1] == '"' && end < buffer.length && buffer[end] == '"';
    }

    /// Whether the cell holds exactly these bytes, spaces around its text aside.
    public boolean is(int cell, byte[] text) {
        return cell < count && Arrays.equals(buffer, start(cell), end(cell), text, 0, text.length);
    }

    /// A cell that the row does not have is an empty one.
    public boolean isEmpty(int cell) {
        return cell >= count || start(cell) == end(cell);
    }

    /// The cell's text without the spaces around it; empty where the row does not have it.
    public String text(int cell) {
        if (cell >= count) {
            return "";
        }
        int start = start(cell);
        String text = new String(buffer, start, end(cell) - start, charset);
        return (ends[first + cell] & ESCAPED) == 0 ? text : text.replace("\"\"", "\"");
    }

    public boolean isBlank() {
        for (int i = 0; i < count; i++) {
            if (!isEmpty(i)) {
                return false;
            }
        }
        return true;
    }

    public List<String> texts() {
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text(i));
        }
        return texts;
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }
}
