package dev.tactus.reports.delivery;

import dev.tactus.reports.BadReport;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportFile;
import dev.tactus.reports.layout.DetectedLayout;
import dev.tactus.reports.layout.Layout;
import dev.tactus.reports.layout.LayoutDetector;
import dev.tactus.reports.layout.LayoutTemplate;
import dev.tactus.reports.rows.SaleRowCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which sheets of a spreadsheet are reports: those that a layout fits, and those that go on with the rows of one
/// before
/// them without saying its headings again.
///
/// @param aside names of the sheets that no layout fits and that have no rows of sales
/// @param hidden names of the hidden sheets that have some: nobody who has looked at the file has seen them
record WorkbookSheets(List<ReportSheet> reports, List<String> aside, List<String> hidden) {
    /// A sheet that was seen whole.
    ///
    /// @param continued how it is read where it goes on with the rows of another one
    record ReportSheet(ReportFile file, FileScan scan, Optional<DetectedLayout> continued) {}

    /// A sheet, and how it is read if a layout fits it.
    private record SeenSheet(ReportFile file, FileScan scan, LayoutDetector detector, boolean isKnown) {
        static SeenSheet of(ReportFile file, Collection<Layout> layouts) {
            FileScan scan = FileScan.of(file);
            LayoutDetector detector = new LayoutDetector(file.name(), scan);
            return new SeenSheet(file, scan, detector, detector.hasAny(layouts));
        }

        boolean looksLikeSales() {
            return LayoutTemplate.looksLikeSales(Path.of(file.name()), scan);
        }

        String name() {
            return file.name();
        }
    }

    /// @throws BadReport if no layout fits any of them, or if one that none fits looks like sales: half a delivery
    ///     would pass for the whole
    static WorkbookSheets of(ReportFile workbook, Collection<Layout> layouts) {
        List<ReportSheet> reports = new ArrayList<>();
        List<String> aside = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<String> scattered = new ArrayList<>();
        List<SeenSheet> sheets = workbook.sheets().stream()
                .map(file -> SeenSheet.of(file, layouts))
                .toList();
        for (SeenSheet sheet : sheets) {
            // what is wrong with the only one is told as of any file
            if (sheet.isKnown() || sheets.size() == 1) {
                if (sheet.file().isHidden()) {
                    hidden.add(sheet.name());
                } else {
                    reports.add(new ReportSheet(sheet.file(), sheet.scan(), Optional.empty()));
                }
                continue;
            }
            Continuation continuation = Continuation.of(sheet, sheets, layouts);
            if (sheet.file().isHidden()) {
                (continuation.sales() > 0 || sheet.looksLikeSales() ? hidden : aside).add(sheet.name());
            } else if (continuation.isWhole()) {
                reports.add(new ReportSheet(sheet.file(), sheet.scan(), continuation.read()));
            } else if (continuation.sales() > 0) {
                scattered.add(sheet.name());
            } else {
                (sheet.looksLikeSales() ? unknown : aside).add(sheet.name());
            }
        }
        if (!unknown.isEmpty()) {
            throw new BadReport(
                    workbook.name() + ": no layout matches " + String.join(", ", unknown)
                            + ", which looks like rows of sales; nothing of the file was imported. Create a layout with tactus reports template FILE, then import with --layout");
        }
        if (!scattered.isEmpty()) {
            throw new BadReport(
                    workbook.name() + ": among the rows of " + String.join(", ", scattered)
                            + " some look like sales under the headings of another sheet, and some don't; nothing of the file was imported. Copy the headings above its sales, or delete the sheet if it repeats others, and import the file again");
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

    /// How far a sheet without headings of its own goes on with the rows of another one.
    ///
    /// @param rows that were looked at
    /// @param sales of them that look like sales under the other one's headings
    private record Continuation(int rows, int sales, Optional<DetectedLayout> read) {
        private static final Continuation NONE = new Continuation(0, 0, Optional.empty());

        static Continuation of(SeenSheet sheet, List<SeenSheet> all, Collection<Layout> layouts) {
            int place = all.indexOf(sheet);
            List<SeenSheet> others = new ArrayList<>(all.subList(0, place).reversed());
            others.addAll(all.subList(place + 1, all.size()));
            return others.stream()
                    .filter(SeenSheet::isKnown)
                    .findFirst()
                    .flatMap(other -> under(sheet, other, layouts))
                    .orElse(NONE);
        }

        private static Optional<Continuation> under(SeenSheet sheet, SeenSheet other, Collection<Layout> layouts) {
            DetectedLayout before = other.detector().among(layouts);
            Optional<Layout> written = layouts.stream()
                    .filter(layout -> layout.name().equals(before.layout().name()) && before.headerLine() > 0)
                    .findFirst();
            return written.map(layout -> {
                DetectedLayout read = sheet.detector().continuing(before, layout);
                SaleRowCheck check = SaleRowCheck.under(read);
                List<List<String>> rows = sheet.detector().sheetRows();
                return new Continuation(
                        rows.size(), (int) rows.stream().filter(check::holds).count(), Optional.of(read));
            });
        }

        /// Whether it is nothing else: beside sales a sheet may have totals.
        boolean isWhole() {
            return sales > 0 && sales * 2 >= rows;
        }
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
        Map<String, Long> notes = new TreeMap<>();
        List<String> continued = reports.stream()
                .filter(sheet -> sheet.continued().isPresent())
                .map(sheet -> sheet.file().name())
                .toList();
        if (!continued.isEmpty()) {
            notes.put(
                    "sheets without headings, read under those of another sheet, whose rows they go on with: "
                            + String.join(", ", continued),
                    (long) continued.size());
        }
        if (!aside.isEmpty()) {
            notes.put(
                    (aside.size() == 1
                                    ? "sheet left aside, which no layout matches and which has no rows of sales: "
                                    : "sheets left aside, which no layout matches and which have no rows of sales: ")
                            + String.join(", ", aside),
                    (long) aside.size());
        }
        return notes;
    }
}
