package dev.tactus.reports.layout;

import dev.tactus.reports.csv.CsvDialect;
import dev.tactus.reports.file.ReportCharset;
import java.util.List;
import java.util.Map;

/// How a particular file is to be read.
///
/// @param headerLine the line its header begins on; 0 where there is none
/// @param headings of the header; where there is none, the layout's
/// @param before the rows before the header
/// @param comments the columns that comment lines name, by kind of record
public record DetectedLayout(
        Layout layout,
        CsvDialect dialect,
        ReportCharset encoding,
        long headerLine,
        List<String> headings,
        List<List<String>> before,
        Map<String, List<String>> comments) {
    /// The same, read by another layout for the same columns.
    public DetectedLayout with(Layout other) {
        return new DetectedLayout(other, dialect, encoding, headerLine, headings, before, comments);
    }
}
