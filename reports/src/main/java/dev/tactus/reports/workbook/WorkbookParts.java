package dev.tactus.reports.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The parts that a spreadsheet is packed of, unpacked as they are read.
public interface WorkbookParts {
    /// Absent where there is no such part.
    Optional<InputStream> open(String part) throws IOException;

    /// A part that can't be done without.
    default InputStream require(String part) throws IOException {
        return open(part).orElseThrow(() -> new BrokenWorkbook("the part " + part + " is missing"));
    }
}
