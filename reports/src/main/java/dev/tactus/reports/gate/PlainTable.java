package dev.tactus.reports.gate;

import dev.tactus.reports.BadReport;
import dev.tactus.reports.csv.CsvDialect;
import dev.tactus.reports.csv.CsvDialect.Delimiter;
import dev.tactus.reports.csv.RowSample;
import dev.tactus.reports.csv.RowSample.SampleRow;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportCharset;
import dev.tactus.reports.file.ReportFile;
import dev.tactus.reports.file.ReportFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A small table that people keep beside the program: a CSV with a header, with commas, semicolons or tabs, in the
/// encodings of reports.
///
/// @param headings in lower case
/// @param semicolons whether semicolons stand between its cells, as where a comma stands before decimals
/// @param sha256 of the file
public record PlainTable(Path file, List<String> headings, List<Line> lines, boolean semicolons, String sha256) {
    public PlainTable {
        headings = List.copyOf(headings);
        lines = List.copyOf(lines);
    }

    /// A row; what its cells hold, by the heading in lower case, without those that are empty.
    ///
    /// @param number of the line in the file
    /// @param overlong whether something stands behind its last column, as where commas without quotes stand in
    ///     amounts
    public record Line(long number, Map<String, String> cells, boolean overlong) {
        public Line {
            cells = Map.copyOf(cells);
        }
    }

    /// Reads the file; rows without any value are left out.
    ///
    /// @throws BadReport if it can't be read
    public static PlainTable read(Path file) {
        try {
            ReportFile content = ReportFile.plain(file);
            FileScan scan = FileScan.of(content);
            ReportCharset encoding = scan.encoding().orElse(ReportCharset.WINDOWS_1252);
            String head = new String(scan.head(), encoding.charset())
                    .lines()
                    .findFirst()
                    .orElse("");
            Delimiter delimiter =
                    head.contains(";") ? Delimiter.SEMICOLON : head.contains("\t") ? Delimiter.TAB : Delimiter.COMMA;
            List<SampleRow> rows =
                    RowSample.all(file.toString(), content, scan, encoding, new CsvDialect(delimiter, true));
            List<String> headings = rows.isEmpty()
                    ? List.of()
                    : rows.getFirst().cells().stream()
                            .map(heading -> heading.strip().toLowerCase(Locale.ROOT))
                            .toList();
            return new PlainTable(
                    file, headings, lines(headings, rows), delimiter == Delimiter.SEMICOLON, scan.sha256());
        } catch (IOException e) {
            throw ReportFiles.unreadable(file, e);
        }
    }

    private static List<Line> lines(List<String> headings, List<SampleRow> rows) {
        List<Line> lines = new ArrayList<>();
        for (SampleRow row : rows.stream().skip(1).toList()) {
            Map<String, String> cells = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(headings.size(), row.cells().size()); i++) {
                String value = row.cells().get(i).strip();
                if (!value.isEmpty()) {
                    cells.put(headings.get(i), value);
                }
            }
            if (!cells.isEmpty()) {
                boolean overlong = row.cells().stream().skip(headings.size()).anyMatch(cell -> !cell.isBlank());
                lines.add(new Line(row.line(), cells, overlong));
            }
        }
        return lines;
    }

    /// What stands in a line's column.
    ///
    /// @throws BadReport if nothing does, or if the line has more cells than there are columns
    public String require(Line line, String column) {
        if (line.overlong()) {
            throw bad(
                    line,
                    "has more cells than there are columns; put a number with a comma in quotes, or write a point");
        }
        String value = line.cells().get(column);
        if (value == null) {
            throw bad(line, "lacks " + column);
        }
        return value;
    }

    /// What to throw for a line.
    public BadReport bad(Line line, String why) {
        return new BadReport(file + ": line " + line.number() + " " + why);
    }
}
