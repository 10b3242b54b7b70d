package dev.tactus.reports;

import dev.tactus.lake.SalesWriter;

/// Takes the rows of one report, one by one, in the order of the file.
interface RowTaker {
    void take(RowBatch batch, int row, SalesWriter writer);

    /// After the last row.
    ///
    /// @param lines of the file, blank ones too
    /// @throws BadReport if the rows show that the file isn't whole
    void end(long lines);
}
