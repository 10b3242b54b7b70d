package dev.tactus.reports.rows;

import dev.tactus.reports.csv.RowView;

/// Rows that look like sales and stand outside of their table: before its headings, behind its end, or among what the
/// layout leaves out. Their money would be missed. Not thread-safe.
final class StrayRows {
    private final SaleRowCheck check;
    private final String where;
    private long first;
    private long count;

    /// @param where they stand, in words
    StrayRows(SaleRowCheck check, String where) {
        this.check = check;
        this.where = where;
    }

    void see(RowView[] rows, long line) {
        if (check.holds(rows)) {
            first = count == 0 ? line : first;
            count++;
        }
    }

    /// Whether they name recordings or releases, too.
    void seeIdentified(RowView[] rows, long line) {
        if (check.isIdentified(rows)) {
            see(rows, line);
        }
    }

    void tell(ImportStatistics statistics) {
        if (count > 0) {
            statistics.object(
                    (count == 1
                                    ? "line " + first + " looks like a sale and stands "
                                    : count + " rows look like sales and stand ")
                            + where + (count == 1 ? "" : ", line " + first + " first")
                            + ": it would not be counted. Bring the rows of the table together under its headings, or split the file");
        }
    }
}
