package dev.tactus.reports.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/// Spreadsheets whose cells are texts.
final class SheetsOf {
    private SheetsOf() {}

    /// @param sheets the lines of each sheet, with commas between their cells
    static byte[] texts(List<String> names, List<List<String>> sheets) {
        return texts(names, sheets, List.of());
    }

    /// @param hidden names of sheets that nobody sees
    static byte[] texts(List<String> names, List<List<String>> sheets, List<String> hidden) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "test", "1.0")) {
            for (int i = 0; i < names.size(); i++) {
                Worksheet sheet = book.newWorksheet(names.get(i));
                if (hidden.contains(names.get(i))) {
                    sheet.setVisibilityState(VisibilityState.HIDDEN);
                }
                List<String> lines = sheets.get(i);
                for (int row = 0; row < lines.size(); row++) {
                    String[] cells = lines.get(row).split(",", -1);
                    for (int column = 0; column < cells.length; column++) {
                        sheet.value(row, column, cells[column]);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
