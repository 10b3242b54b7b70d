package dev.tactus.reports.matching;

import dev.tactus.reports.BadReport;
import dev.tactus.reports.TextExcerpt;
import dev.tactus.reports.csv.CsvDialect;
import dev.tactus.reports.csv.RowSample;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportCharset;
import dev.tactus.reports.file.ReportFile;
import dev.tactus.reports.file.ReportFiles;
import dev.tactus.reports.layout.ColumnName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/// Reads the queue's sheet back, with what people have filled in; CSV, or the first sheet of a workbook.
final class MatchSheetReader {
    /// A row where something was filled in.
    ///
    /// @param line of the file, or row of the sheet, from 1
    /// @param decision as written: an ISRC, or `-`
    record FilledRow(long line, String usageKey, String decision) {}

    private MatchSheetReader() {}

    /// @throws BadReport if it isn't such a sheet
    static List<FilledRow> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] magic = in.readNBytes(4);
            boolean workbook = magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] == 3;
            return decided(file, workbook ? workbook(file) : text(file));
        } catch (IOException e) {
            throw ReportFiles.unreadable(file, e);
        }
    }

    private static List<RowSample.SampleRow> text(Path file) throws IOException {
        FileScan scan = FileScan.of(ReportFile.plain(file));
        ReportCharset encoding = scan.encoding().orElse(ReportCharset.WINDOWS_1252);
        for (CsvDialect.Delimiter delimiter : CsvDialect.Delimiter.values()) {
            List<RowSample.SampleRow> rows = RowSample.all(
                    file.toString(), ReportFile.plain(file), scan, encoding, new CsvDialect(delimiter, true));
            if (!rows.isEmpty() && rows.getFirst().cells().size() > 1) {
                return rows;
            }
        }
        return List.of();
    }

    private static List<RowSample.SampleRow> workbook(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                ReadableWorkbook book = new ReadableWorkbook(in);
                Stream<Row> rows = book.getFirstSheet().openStream()) {
            List<RowSample.SampleRow> all = new ArrayList<>();
            rows.forEach(row -> {
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < row.getCellCount(); i++) {
                    Optional<Cell> cell = row.getOptionalCell(i);
                    cells.add(cell.map(Cell::getText).orElse("").strip());
                }
                all.add(new RowSample.SampleRow(row.getRowNum(), cells));
            });
            return all;
        } catch (RuntimeException e) {
            throw new BadReport(
                    file + ": cannot be read as a workbook (" + e.getMessage() + "); save it as .xlsx or CSV", e);
        }
    }

    private static List<FilledRow> decided(Path file, List<RowSample.SampleRow> rows) {
        if (rows.isEmpty()) {
            throw notTheSheet(file);
        }
        List<String> headings = rows.getFirst().cells();
        Optional<Integer> key = ColumnName.of("", MatchSheetWriter.KEY).in(headings);
        Optional<Integer> decision =
                ColumnName.of("", MatchSheetWriter.DECISION).in(headings);
        if (key.isEmpty() || decision.isEmpty()) {
            throw notTheSheet(file);
        }
        List<FilledRow> decided = new ArrayList<>();
        for (RowSample.SampleRow row : rows.subList(1, rows.size())) {
            String filled = cell(row, decision.get());
            if (!filled.isEmpty()) {
                decided.add(new FilledRow(
                        row.line(), MatchSheetWriter.asItWas(cell(row, key.get())), MatchSheetWriter.asItWas(filled)));
            } else if (headings.size() > 2
                    && row.cells().stream().filter(cell -> !cell.isBlank()).count() == 1) {
                // a row of the sheet always says more; what an editor has put behind a line's end is on a line of its
                // own
                throw new BadReport(file + ": line " + row.line() + " has nothing but '"
                        + TextExcerpt.brief(String.join("", row.cells()).strip())
                        + "'; put it into the column " + MatchSheetWriter.DECISION
                        + " of its row, before the line's end (CR LF)");
            }
        }
        return decided;
    }

    private static String cell(RowSample.SampleRow row, int place) {
        return place < row.cells().size() ? row.cells().get(place).strip() : "";
    }

    private static BadReport notTheSheet(Path file) {
        return new BadReport(file + ": lacks the columns " + MatchSheetWriter.KEY + " and " + MatchSheetWriter.DECISION
                + "; create a sheet with tactus reports unmatched --xlsx FILE");
    }
}
