package dev.tactus.reports.delivery;

import dev.tactus.reports.BadReport;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportFile;
import dev.tactus.reports.layout.Layout;
import dev.tactus.reports.layout.LayoutDetector;
import dev.tactus.reports.layout.LayoutTemplate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which sheets of a spreadsheet are reports: those that a layout fits.
///
/// @param aside names of the sheets that no layout fits and that have no rows of sales
/// @param hidden names of the hidden sheets that have some: nobody who has looked at the file has seen them
record WorkbookSheets(List<ReportSheet> reports, List<String> aside, List<String> hidden) {
    /// A sheet that was seen whole.
    record ReportSheet(ReportFile file, FileScan scan) {}

    /// @throws BadReport if no layout fits any of them, or if one that none fits looks like sales: half a delivery
    ///     would pass for the whole
    static WorkbookSheets of(ReportFile workbook, Collection<Layout> layouts) {
        List<ReportSheet> reports = new ArrayList<>();
        List<String> aside = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        List<ReportFile> unknown = new ArrayList<>();
        for (ReportFile sheet : workbook.sheets()) {
            FileScan scan = FileScan.of(sheet);
            boolean known = new LayoutDetector(sheet.name(), scan).hasAny(layouts);
            if (sheet.isHidden()) {
                (known || LayoutTemplate.looksLikeSales(Path.of(sheet.name()), scan) ? hidden : aside)
                        .add(sheet.name());
            } else if (workbook.sheets().size() == 1
                    || known) { // what is wrong with the only one is told as of any file
                reports.add(new ReportSheet(sheet, scan));
            } else if (!LayoutTemplate.looksLikeSales(Path.of(sheet.name()), scan)) {
                aside.add(sheet.name());
            } else {
                unknown.add(sheet);
            }
        }
        if (!unknown.isEmpty()) {
            throw new BadReport(
                    workbook.name() + ": no layout matches "
                            + unknown.stream().map(ReportFile::name).collect(Collectors.joining(", "))
                            + ", which looks like rows of sales; nothing of the file was imported. Create a layout with tactus reports template FILE, then import with --layout");
        }
        if (reports.isEmpty() && !hidden.isEmpty()) {
            throw new BadReport(workbook.name() + ": its rows of sales stand on hidden sheets alone ("
                    + String.join(", ", hidden) + "). Open it, look at them, show them, save it, and import it again");
        }
        if (reports.isEmpty()) {
            throw new BadReport(workbook.name() + ": no layout matches any of its sheets (" + String.join(", ", aside)
                    + "). Create a layout with tactus reports template FILE, then import with --layout");
        }
        return new WorkbookSheets(List.copyOf(reports), List.copyOf(aside), List.copyOf(hidden));
    }

    /// What a person has to accept of the file: whether hidden rows are a copy or part of the statement, it does not
    /// say.
    Optional<String> objection() {
        return hidden.isEmpty()
                ? Optional.empty()
                : Optional.of("hidden sheets have rows of sales, which are not taken: " + String.join(", ", hidden)
                        + ". If they belong to the statement, show them and save the file; if not, delete them, or"
                        + " import what can be seen with --accept REASON");
    }

    /// What people should know of the file.
    Map<String, Long> notes() {
        return aside.isEmpty()
                ? Map.of()
                : Map.of(
                        (aside.size() == 1
                                        ? "sheet left aside, which no layout matches and which has no rows of sales: "
                                        : "sheets left aside, which no layout matches and which have no rows of sales: ")
                                + String.join(", ", aside),
                        (long) aside.size());
    }
}
