/// Spreadsheets as the text they would be: XLSX, OpenDocument and Excel's XML of 2003, sheet by sheet, streamed.
@NullMarked
package dev.tactus.reports.workbook;

import org.jspecify.annotations.NullMarked;
