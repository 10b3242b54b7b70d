package dev.tactus.reports.rows;

import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.reports.csv.RowBatch;

/// Takes the rows of one report, one by one, in the order of the file.
public interface RowHandler {
    void take(RowBatch batch, int row, SalesWriter writer);

    /// After the last row.
    ///
    /// @param lines of the file, blank ones too
    /// @throws BadReport if the rows show that the file isn't whole
    void end(long lines, SalesWriter writer);
}
