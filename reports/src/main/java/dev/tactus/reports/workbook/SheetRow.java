package dev.tactus.reports.workbook;

import java.util.ArrayList;
import java.util.List;

/// The row that a sheet is read to. Not thread-safe.
final class SheetRow {
    /// No sheet of any program is wider.
    private static final int MOST_CELLS = 16_384;

    private final List<String> cells = new ArrayList<>();
    private long number;
    private boolean decimals;

    void begin(long rowNumber) {
        number = rowNumber;
        cells.clear();
    }

    /// From 1.
    long number() {
        return number;
    }

    void put(int column, String text) throws BrokenWorkbook {
        if (text.isEmpty()) {
            return;
        }
        if (column < 0 || column >= MOST_CELLS) {
            throw new BrokenWorkbook("row " + number + " has a cell in column " + (column + 1));
        }
        while (cells.size() <= column) {
            cells.add("");
        }
        cells.set(column, text);
    }

    /// A cell that is stored as a number.
    void putNumber(int column, String stored) throws BrokenWorkbook {
        String text = StoredNumber.text(stored);
        decimals |= text.indexOf('.') >= 0;
        put(column, text);
    }

    /// Up to the last one with a value.
    List<String> cells() {
        return cells;
    }

    /// Whether any cell so far is stored as a number with decimals.
    boolean hasDecimals() {
        return decimals;
    }
}
