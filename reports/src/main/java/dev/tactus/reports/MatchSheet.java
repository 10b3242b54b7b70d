package dev.tactus.reports;

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
final class MatchSheet {
    /// A row where something was filled in.
    ///
    /// @param line of the file, or row of the sheet, from 1
    /// @param decision as written: an ISRC, or `-`
    record Decided(long line, String usageKey, String decision) {}

    private MatchSheet() {}

    /// @throws BadReport if it isn't such a sheet
    static List<Decided> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] magic = in.readNBytes(4);
            boolean workbook = magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] == 3;
            return decided(file, workbook ? workbook(file) : text(file));
        } catch (IOException e) {
            throw Delivery.unreadable(file, e);
        }
    }

    private static List<Head.Row> text(Path file) throws IOException {
        Survey survey = Survey.of(new WholeFile(file));
        Encoding encoding = survey.encoding().orElse(Encoding.WINDOWS_1252);
        for (Dialect.Delimiter delimiter : Dialect.Delimiter.values()) {
            List<Head.Row> rows =
                    Head.all(file.toString(), new WholeFile(file), survey, encoding, new Dialect(delimiter, true));
            if (!rows.isEmpty() && rows.getFirst().cells().size() > 1) {
                return rows;
            }
        }
        return List.of();
    }

    private record WholeFile(Path file) implements Content {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    private static List<Head.Row> workbook(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                ReadableWorkbook book = new ReadableWorkbook(in);
                Stream<Row> rows = book.getFirstSheet().openStream()) {
            List<Head.Row> all = new ArrayList<>();
            rows.forEach(row -> {
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < row.getCellCount(); i++) {
                    Optional<Cell> cell = row.getOptionalCell(i);
                    cells.add(cell.map(Cell::getText).orElse("").strip());
                }
                all.add(new Head.Row(row.getRowNum(), cells));
            });
            return all;
        } catch (RuntimeException e) {
            throw new BadReport(
                    file + ": is no workbook that can be read (" + e.getMessage() + "); save it as .xlsx or CSV", e);
        }
    }

    private static List<Decided> decided(Path file, List<Head.Row> rows) {
        if (rows.isEmpty()) {
            throw notTheSheet(file);
        }
        List<String> headings = rows.getFirst().cells();
        Optional<Integer> key = ColumnName.of("", UnmatchedSheet.KEY).in(headings);
        Optional<Integer> decision = ColumnName.of("", UnmatchedSheet.DECISION).in(headings);
        if (key.isEmpty() || decision.isEmpty()) {
            throw notTheSheet(file);
        }
        List<Decided> decided = new ArrayList<>();
        for (Head.Row row : rows.subList(1, rows.size())) {
            String filled = cell(row, decision.get());
            if (!filled.isEmpty()) {
                decided.add(new Decided(
                        row.line(), UnmatchedSheet.asItWas(cell(row, key.get())), UnmatchedSheet.asItWas(filled)));
            }
        }
        return decided;
    }

    private static String cell(Head.Row row, int place) {
        return place < row.cells().size() ? row.cells().get(place).strip() : "";
    }

    private static BadReport notTheSheet(Path file) {
        return new BadReport(file + ": has no columns " + UnmatchedSheet.KEY + " and " + UnmatchedSheet.DECISION
                + "; tactus reports unmatched --xlsx FILE writes a sheet to fill in");
    }
}
