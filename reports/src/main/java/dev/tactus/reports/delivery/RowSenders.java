package dev.tactus.reports.delivery;

import dev.tactus.reports.BadReport;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.SenderName;
import dev.tactus.reports.convention.ColumnConventions;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportFile;
import dev.tactus.reports.layout.DetectedLayout;
import dev.tactus.reports.rows.BoundField;
import dev.tactus.reports.rows.FieldBindings;
import dev.tactus.reports.rows.ImportStatistics;
import dev.tactus.reports.rows.TableRowHandler;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who has sent the rows of a table, where a column says it: one file may hold the statements of several senders.
final class RowSenders {
    private final List<String> found = new ArrayList<>();
    private long nameless;

    private RowSenders() {}

    /// All of them, in the order of the rows; none where no column says it.
    ///
    /// @throws BadReport if there are several, and a row that says nothing
    static List<String> of(ReportFile file, FileScan scan, DetectedLayout detected, ImportOptions options)
            throws InterruptedException {
        if (detected.layout().records().isPresent()) {
            return List.of();
        }
        Map<String, String> preamble = TableRowHandler.preamble(detected);
        ColumnConventions asWritten = ColumnConventions.ofLayout();
        FieldBindings fields =
                new FieldBindings(detected.layout(), detected.headings(), Map.of(), preamble, options, asWritten);
        if (fields.field(ReportField.SENDER).map(BoundField::isConstant).orElse(true)) {
            return List.of();
        }
        TableRowHandler handler =
                new TableRowHandler(detected, fields, preamble, "", new ImportStatistics(LocalDate.EPOCH), asWritten);
        RowSenders senders = new RowSenders();
        ScannedReport.each(
                file, scan, detected, (batch, row) -> senders.add(batch.line(row), handler.sender(batch, row)));
        return senders.found(file.name());
    }

    private void add(long line, Optional<String> sender) {
        if (sender.isEmpty()) {
            return;
        }
        if (sender.get().isEmpty()) {
            nameless = nameless == 0 ? line : nameless;
        } else if (found.stream().noneMatch(one -> SenderName.same(one, sender.get()))) {
            found.add(sender.get());
        }
    }

    private List<String> found(String name) {
        if (found.size() > 1 && nameless > 0) {
            throw new BadReport(name + ": line " + nameless + " does not say who has sent it, and others name "
                    + String.join(", ", found) + ". Nothing was imported. Fill the column of the sender in, and import"
                    + " the file again");
        }
        return List.copyOf(found);
    }
}
