package dev.tactus.reports.gate;

import dev.tactus.reports.BadReport;
import dev.tactus.reports.TextExcerpt;
import dev.tactus.reports.csv.CsvDialect;
import dev.tactus.reports.csv.CsvDialect.Delimiter;
import dev.tactus.reports.csv.RowSample;
import dev.tactus.reports.csv.RowSample.SampleRow;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportCharset;
import dev.tactus.reports.file.ReportFile;
import dev.tactus.reports.file.ReportFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What senders have paid, by statement: a CSV with the columns sender, statement_period, currency and amount.
public record Remittances(List<Remittance> list) {
    private static final List<String> COLUMNS = List.of("sender", "statement_period", "currency", "amount");

    public Remittances {
        list = List.copyOf(list);
    }

    public static Remittances none() {
        return new Remittances(List.of());
    }

    /// Reads the file.
    ///
    /// @throws BadReport if it can't be read, or a line of it can't
    public static Remittances read(Path file) {
        List<SampleRow> rows;
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
            rows = RowSample.all(file.toString(), content, scan, encoding, new CsvDialect(delimiter, true));
        } catch (IOException e) {
            throw ReportFiles.unreadable(file, e);
        }
        if (rows.isEmpty()) {
            return none();
        }
        List<Integer> places = new ArrayList<>();
        List<String> headings = rows.getFirst().cells().stream()
                .map(heading -> heading.strip().toLowerCase(Locale.ROOT))
                .toList();
        for (String column : COLUMNS) {
            int place = headings.indexOf(column);
            if (place < 0) {
                throw new BadReport(
                        file + ": the column " + column + " is missing; expected " + String.join(", ", COLUMNS));
            }
            places.add(place);
        }
        return new Remittances(
                rows.stream().skip(1).map(row -> remittance(file, row, places)).toList());
    }

    private static Remittance remittance(Path file, SampleRow row, List<Integer> places) {
        List<String> values = places.stream()
                .map(place ->
                        place < row.cells().size() ? row.cells().get(place).strip() : "")
                .toList();
        String amount = values.getLast();
        if (values.contains("")) {
            throw new BadReport(file + ": line " + row.line() + " lacks " + COLUMNS.get(values.indexOf("")));
        }
        try {
            return new Remittance(
                    values.get(0),
                    values.get(1),
                    new Payment(new BigDecimal(amount), values.get(2).toUpperCase(Locale.ROOT)));
        } catch (NumberFormatException e) {
            throw new BadReport(
                    file + ": line " + row.line() + ": '" + TextExcerpt.brief(amount)
                            + "' is not an amount; expected one such as 12345.67",
                    e);
        }
    }
}
