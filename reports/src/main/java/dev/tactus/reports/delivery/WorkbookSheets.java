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
import java.util.stream.Collectors;

/// Which sheets of a spreadsheet are reports: those that a layout fits.
///
/// @param aside names of the sheets that no layout fits and that have no rows of sales
record WorkbookSheets(List<ReportSheet> reports, List<String> aside) {
    /// A sheet that was seen whole.
    record ReportSheet(ReportFile file, FileScan scan) {}

    /// @throws BadReport if no layout fits any of them, or if one that none fits looks like sales: half a delivery
    ///     would pass for the whole
    static WorkbookSheets of(ReportFile workbook, Collection<Layout> layouts) {
        List<ReportSheet> reports = new ArrayList<>();
        List<String> aside = new ArrayList<>();
        List<ReportFile> unknown = new ArrayList<>();
        for (ReportFile sheet : workbook.sheets()) {
            FileScan scan = FileScan.of(sheet);
            // what is wrong with the only one is told as of any file
            if (workbook.sheets().size() == 1 || new LayoutDetector(sheet.name(), scan).hasAny(layouts)) {
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
        if (reports.isEmpty()) {
            throw new BadReport(workbook.name() + ": no layout matches any of its sheets (" + String.join(", ", aside)
                    + "). Create a layout with tactus reports template FILE, then import with --layout");
        }
        return new WorkbookSheets(List.copyOf(reports), List.copyOf(aside));
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
