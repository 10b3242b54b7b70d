package dev.tactus.reports.workbook;

import java.io.Closeable;
import java.io.IOException;
import javax.xml.stream.XMLStreamException;

/// The rows of a sheet, one after another.
interface RowSource extends Closeable {
    /// Reads the next row that may have a value.
    ///
    /// @return false at the end
    boolean next(SheetRow row) throws IOException, XMLStreamException;
}
