package dev.tactus.reports.layout;

import dev.tactus.reports.BadReport;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.TextExcerpt;
import dev.tactus.reports.csv.CsvDialect;
import dev.tactus.reports.csv.CsvDialect.Delimiter;
import dev.tactus.reports.csv.RowSample;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportCharset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Tells by its first rows which layout a file has.
///
/// A layout fits where a row among the first {@value #WITHIN} holds all headings that the layout names, in whatever
/// order, whatever stands beside them. Where several fit, the one that names more of the file's headings is meant if it
/// names all that the others do; else nobody knows and a person has to say.
public final class LayoutDetector {
    static final int WITHIN = 40;

    private final String name;
    private final FileScan scan;
    private final Map<CsvDialect, Map<ReportCharset, RowSample>> heads = new HashMap<>();

    public LayoutDetector(String name, FileScan scan) {
        this.name = name;
        this.scan = scan;
    }

    /// Reads the file with the one of these layouts that fits it.
    ///
    /// @throws BadReport if none fits, or several do
    public DetectedLayout among(Collection<Layout> layouts) {
        List<DetectedLayout> fitting = new ArrayList<>();
        for (Layout layout : layouts) {
            with(layout).ifPresent(fitting::add);
        }
        if (fitting.isEmpty()) {
            for (Layout layout : layouts) {
                resaved(layout).ifPresent(fitting::add);
            }
        }
        fitting.removeIf(one -> fitting.stream().anyMatch(other -> isMoreOf(other.layout(), one.layout())));
        return switch (fitting.size()) {
            case 1 -> fitting.getFirst();
            case 0 ->
                throw new BadReport(name + ": no layout matches. Its first line is \"" + firstLine()
                        + "\". Create a layout with tactus reports template FILE, then import with --layout");
            default ->
                throw new BadReport(name + ": several layouts match: "
                        + fitting.stream().map(one -> one.layout().name()).collect(Collectors.joining(", "))
                        + ". Choose one with --layout NAME");
        };
    }

    /// Read with a layout that a person named.
    ///
    /// @throws BadReport if it doesn't fit
    public DetectedLayout as(Layout layout) {
        return with(layout)
                .or(() -> resaved(layout))
                .orElseThrow(() -> new BadReport(name + ": layout " + layout.name()
                        + " does not match: none of the first " + WITHIN + " rows has "
                        + layout.columns().stream().map(ColumnName::heading).collect(Collectors.joining(", "))
                        + (layout.records().isPresent() ? "a head record" : "") + ". The closest row "
                        + nearest(layout)));
    }

    /// Whether one of these layouts fits it.
    public boolean hasAny(Collection<Layout> layouts) {
        return layouts.stream().anyMatch(layout -> with(layout).isPresent());
    }

    /// Read under the headings of another sheet of the file, with whose rows it goes on.
    ///
    /// @param written the other sheet's layout
    public DetectedLayout continuing(DetectedLayout other, Layout written) {
        Layout layout = written.forSheet(scan.cells() == FileScan.Cells.SHEET_WITH_DECIMALS)
                .withShortRows();
        return new DetectedLayout(
                layout, other.dialect(), ReportCharset.UTF_8, 0, other.headings(), other.before(), other.comments());
    }

    /// The first rows of a sheet.
    public List<List<String>> sheetRows() {
        return head(scan.encoding().orElse(ReportCharset.UTF_8), CsvDialect.SHEET).rows().stream()
                .map(RowSample.SampleRow::cells)
                .filter(cells -> cells.stream().anyMatch(cell -> !cell.isBlank()))
                .toList();
    }

    private Optional<DetectedLayout> with(Layout written) {
        Layout layout = isSheet() ? written.forSheet(scan.cells() == FileScan.Cells.SHEET_WITH_DECIMALS) : written;
        return with(layout, dialects(layout));
    }

    /// Where a spreadsheet program has saved it again, semicolons stand between cells whatever stood there before.
    private Optional<DetectedLayout> resaved(Layout written) {
        return isSheet()
                        || !written.header()
                        || written.records().isPresent()
                        || written.delimiters().contains(Delimiter.SEMICOLON)
                ? Optional.empty()
                : with(written.forResaved(), List.of(new CsvDialect(Delimiter.SEMICOLON, true)));
    }

    private Optional<DetectedLayout> with(Layout layout, List<CsvDialect> dialects) {
        ReportCharset encoding = scan.encoding().orElse(layout.encoding());
        for (CsvDialect dialect : dialects) {
            RowSample head = head(encoding, dialect);
            Optional<DetectedLayout> found = layout.records().isPresent()
                    ? records(layout, layout.records().get(), dialect, encoding, head)
                    : layout.header() ? table(layout, dialect, encoding, head) : bare(layout, dialect, encoding, head);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private boolean isSheet() {
        return scan.cells() != FileScan.Cells.TEXT;
    }

    /// How a sheet comes as text has nothing to do with how the layout's files come.
    private List<CsvDialect> dialects(Layout layout) {
        return isSheet()
                ? List.of(CsvDialect.SHEET)
                : layout.delimiters().stream()
                        .map(delimiter -> new CsvDialect(delimiter, layout.quotes()))
                        .toList();
    }

    private RowSample head(ReportCharset encoding, CsvDialect dialect) {
        return heads.computeIfAbsent(dialect, _ -> new HashMap<>())
                .computeIfAbsent(encoding, e -> RowSample.of(name, scan.head(), e, dialect));
    }

    private static Optional<DetectedLayout> table(
            Layout layout, CsvDialect dialect, ReportCharset encoding, RowSample head) {
        for (int i = 0; i < Math.min(WITHIN, head.rows().size()); i++) {
            RowSample.SampleRow row = head.rows().get(i);
            if (layout.fits(row.cells())) {
                List<List<String>> before = head.rows().subList(0, i).stream()
                        .map(RowSample.SampleRow::cells)
                        .toList();
                return Optional.of(
                        new DetectedLayout(layout, dialect, encoding, row.line(), row.cells(), before, Map.of()));
            }
        }
        return Optional.empty();
    }

    /// Without a header: most of the first rows have that many cells, and an ISRC where the layout says.
    private static Optional<DetectedLayout> bare(
            Layout layout, CsvDialect dialect, ReportCharset encoding, RowSample head) {
        List<String> headings =
                layout.columns().stream().map(ColumnName::heading).toList();
        Optional<Integer> isrc = layout.rule(ReportField.ISRC).stream()
                .flatMap(rule -> rule.columns().stream())
                .flatMap(column -> column.in(headings).stream())
                .findFirst();
        long fitting = head.rows().stream()
                .filter(row -> row.cells().size() == headings.size())
                .filter(row ->
                        isrc.isEmpty() || InferredColumn.isIsrc(row.cells().get(isrc.get())))
                .count();
        return fitting > 0 && fitting * 2 >= head.rows().size()
                ? Optional.of(new DetectedLayout(layout, dialect, encoding, 0, headings, List.of(), Map.of()))
                : Optional.empty();
    }

    private static Optional<DetectedLayout> records(
            Layout layout, RecordLayout shape, CsvDialect dialect, ReportCharset encoding, RowSample head) {
        Map<String, List<String>> comments = new HashMap<>();
        String begins = "";
        for (RowSample.SampleRow row : head.rows()) {
            String type = row.cells().getFirst();
            if (type.startsWith(shape.comment())) {
                String commented = type.substring(shape.comment().length()).strip();
                if (row.cells().size() > 1) {
                    comments.put(commented, row.cells().subList(1, row.cells().size()));
                }
            } else if (begins.isEmpty()) {
                begins = shape.kindOf(row.cells());
            }
        }
        return RecordLayout.has(shape.heads(), begins)
                ? Optional.of(new DetectedLayout(layout, dialect, encoding, 0, List.of(), List.of(), comments))
                : Optional.empty();
    }

    /// Whether a layout asks for all that another one asks for, and for more.
    private static boolean isMoreOf(Layout layout, Layout other) {
        return layout.columns().size() > other.columns().size()
                && layout.columns().containsAll(other.columns());
    }

    private String firstLine() {
        ReportCharset encoding = scan.encoding().orElse(ReportCharset.WINDOWS_1252);
        return new String(scan.head(), encoding.charset())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(TextExcerpt::brief)
                .orElse("");
    }

    private String nearest(Layout layout) {
        ReportCharset encoding = scan.encoding().orElse(layout.encoding());
        List<ColumnName> fewest = layout.columns();
        long line = 0;
        for (CsvDialect dialect : dialects(layout)) {
            for (RowSample.SampleRow row : head(encoding, dialect).rows()) {
                List<ColumnName> missing = layout.columns().stream()
                        .filter(column -> column.in(row.cells()).isEmpty())
                        .toList();
                if (missing.size() < fewest.size()) {
                    fewest = missing;
                    line = row.line();
                }
            }
        }
        return line == 0
                ? "has none of these"
                : "is line " + line + ", which lacks "
                        + fewest.stream().map(ColumnName::heading).collect(Collectors.joining(", "));
    }
}
