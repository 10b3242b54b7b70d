package dev.tactus.reports.rows;

import dev.tactus.reports.ReportField;
import dev.tactus.reports.csv.RowBatch;
import dev.tactus.reports.csv.RowView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Notices that a table ends in the middle of its last row: a download that broke off. Not thread-safe.
final class CutOff {
    private final ImportStatistics statistics;
    private final int width;
    /// Where the last column is a number, one that is cut off is still a number.
    private final boolean endsWithNumber;

    private final boolean mayBeShort;
    private boolean anyShort;
    private @Nullable String first;

    CutOff(FieldBindings fields, int width, ImportStatistics statistics) {
        this.statistics = statistics;
        this.width = width;
        this.mayBeShort = fields.layout().shortRows();
        this.endsWithNumber = List.of(ReportField.NET_REVENUE, ReportField.QUANTITY).stream()
                .flatMap(field -> fields.field(field).stream())
                .anyMatch(field -> field.standsIn(width - 1));
    }

    /// A row with a cell in quotes that are never closed.
    void quoted(RowBatch batch, int row) {
        if (batch.isOpen(row)) {
            object(batch.line(row), "ends within quotes");
        }
    }

    /// A row that has not the cells it should have.
    void ragged(RowBatch batch, int row, RowView cells) {
        if (batch.isOpen(row) && cells.count() < width && (cells.count() > 1 || isBegun(cells.text(0)))) {
            object(batch.line(row), "has " + cells.count() + " of " + width + " cells");
        }
    }

    /// A row as it should be.
    void whole(RowBatch batch, int row, RowView cells) {
        if (first == null) {
            first = shape(cells.text(0));
        }
        boolean isShort = mayBeShort && cells.count() < width;
        if (batch.isOpen(row)) {
            if (isShort && !anyShort) {
                object(batch.line(row), "has " + cells.count() + " of " + width + " cells, as no other row");
            } else if (endsWithNumber && cells.count() == width && !cells.isQuoted(width - 1)) {
                statistics.note(
                        "last line without a line end: if the download broke off there, its last number is cut");
            }
        }
        anyShort |= isShort;
    }

    private void object(long line, String how) {
        statistics.object(
                "line " + line + ", the last one, " + how + " and no line end: the file was cut off. Request it again");
    }

    /// Whether one cell alone may be the beginning of a row, and no word of farewell.
    private boolean isBegun(String text) {
        return first != null && first.startsWith(shape(text));
    }

    private static String shape(String text) {
        return text.replaceAll("\\p{L}", "a").replaceAll("[0-9]", "0");
    }
}
