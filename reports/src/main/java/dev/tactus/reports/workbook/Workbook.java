package dev.tactus.reports.workbook;

import java.io.IOException;
import java.util.List;

/// A spreadsheet: sheets, each of them a text. Whatever the file weighs, what is in memory is a row of one sheet; the
/// strings that an XLSX keeps apart from its sheets lie in a file that is gone when this is closed. Not thread-safe.
public interface Workbook extends AutoCloseable {
    /// The names of its sheets, in their order, hidden ones too.
    List<String> sheets();

    /// Whether who opens the file does not see a sheet, unless they look for it.
    ///
    /// @param sheet its place, from 0
    boolean isHidden(int sheet);

    /// The cells of a sheet as comma separated text in UTF-8, a line for every row up to the last one with a value.
    ///
    /// Texts are as they stand; a line break within one is a space, so that a row is a line and has its number.
    /// Numbers are as they are stored, with a decimal point and nothing between thousands. Days are ISO 8601, or
    /// months and years where the cell shows no more. A formula is the value it had when the file was saved.
    ///
    /// @param sheet its place, from 0
    SheetText text(int sheet) throws IOException;

    @Override
    void close() throws IOException;

    static Workbook xlsx(WorkbookParts parts) throws IOException {
        return XlsxWorkbook.of(parts);
    }

    static Workbook openDocument(WorkbookParts parts) throws IOException {
        return new MarkupWorkbook(() -> parts.require("content.xml"), MarkupDialect.OPEN_DOCUMENT);
    }

    /// Excel's XML of 2003, often under the name `.xls`.
    ///
    /// @param parts whose part without a name is the file
    static Workbook xml2003(WorkbookParts parts) throws IOException {
        return new MarkupWorkbook(() -> parts.require(""), MarkupDialect.EXCEL_2003);
    }
}
