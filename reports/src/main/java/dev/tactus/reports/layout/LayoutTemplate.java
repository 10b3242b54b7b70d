package dev.tactus.reports.layout;

import dev.tactus.reports.BadReport;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.TextExcerpt;
import dev.tactus.reports.UsageType;
import dev.tactus.reports.csv.CsvDialect;
import dev.tactus.reports.csv.CsvDialect.Delimiter;
import dev.tactus.reports.csv.RowSample;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportCharset;
import dev.tactus.reports.file.ReportFile;
import dev.tactus.reports.file.ReportFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Proposes a layout for a report that none fits: from its header and first rows, ready to be looked over, changed and
/// given to `import --layout`.
public final class LayoutTemplate {
    private static final int LEAST_COLUMNS = 3;
    private static final int EXAMPLE = 40;

    private final Path file;
    private final FileScan scan;
    private final ReportCharset encoding;
    private final Delimiter delimiter;
    private final boolean quotes;
    private final List<RowSample.SampleRow> rows;
    private final int header;
    private final List<InferredColumn> columns;
    private final NumberFormat numbers;
    private final List<ColumnNumbers> values;
    private final MoneyColumns ranking;
    private final List<MoneyColumns.MoneyCandidate> money;

    private LayoutTemplate(Path file, FileScan scan) {
        this.file = file;
        this.scan = scan;
        this.encoding = scan.encoding().orElse(ReportCharset.WINDOWS_1252);
        this.delimiter = isSheet() ? CsvDialect.SHEET.delimiter() : delimiter();
        this.quotes = isSheet()
                || rows(delimiter, false).stream()
                        .anyMatch(row ->
                                row.cells().stream().anyMatch(cell -> cell.startsWith("\"") && cell.endsWith("\"")));
        this.rows = rows(delimiter, quotes);
        this.header = headerRow();
        List<String> headings = rows.get(header).cells();
        List<List<String>> sales = rows.subList(header + 1, rows.size()).stream()
                .map(RowSample.SampleRow::cells)
                .filter(cells -> cells.size() == headings.size())
                .toList();
        List<InferredColumn> inferred = InferredColumn.of(headings, sales);
        boolean comma = inferred.stream().anyMatch(InferredColumn::decimalComma);
        boolean groups = inferred.stream().anyMatch(comma ? InferredColumn::pointGroups : InferredColumn::commaGroups);
        this.numbers = new NumberFormat(comma ? ',' : '.', groups ? Optional.of(comma ? '.' : ',') : Optional.empty());
        this.values = columnNumbers(headings, sales);
        this.ranking = new MoneyColumns(values, periods(inferred));
        this.money = ranking.candidates();
        this.columns = new ColumnChoice(assigned(inferred), values, sales)
                .made(money.stream().findFirst().map(MoneyColumns.MoneyCandidate::column));
    }

    private List<ColumnNumbers> columnNumbers(List<String> headings, List<List<String>> sales) {
        List<ColumnNumbers> all = new ArrayList<>();
        for (int i = 0; i < headings.size(); i++) {
            int place = i;
            all.add(ColumnNumbers.of(
                    headings.get(i), sales.stream().map(row -> row.get(place)).toList(), numbers));
        }
        return all;
    }

    private static Set<Integer> periods(List<InferredColumn> inferred) {
        Set<Integer> periods = new HashSet<>();
        for (int i = 0; i < inferred.size(); i++) {
            if (!inferred.get(i).formats().isEmpty()) {
                periods.add(i);
            }
        }
        return periods;
    }

    /// What each column is, once it is known which one is the money.
    private List<InferredColumn> assigned(List<InferredColumn> inferred) {
        List<InferredColumn> all = new ArrayList<>(inferred);
        if (!money.isEmpty()) {
            int place = money.getFirst().column();
            all.set(place, all.get(place).as(Optional.of(ReportField.NET_REVENUE), ranking.doubt(money)));
        }
        return List.copyOf(all);
    }

    /// The text of a layout.
    ///
    /// @throws BadReport if the file has no rows of at least three cells
    public static String of(Path file) {
        List<ReportFile> contents = new ArrayList<>();
        List<String> proposed = new ArrayList<>();
        new ReportFiles(List.of()).each(file, content -> {
            if (contents.isEmpty()) {
                ReportFile one = chosen(content);
                proposed.add(new LayoutTemplate(file, FileScan.of(one)).text(one));
            }
            contents.add(content);
        });
        if (proposed.isEmpty()) {
            throw new BadReport(file + ": contains no file");
        }
        return proposed.getFirst();
    }

    /// Of a spreadsheet the first sheet that looks like a report, else the first.
    private static ReportFile chosen(ReportFile content) {
        if (content.sheets().isEmpty()) {
            return content;
        }
        return content.sheets().stream()
                .filter(sheet -> looksLikeSales(Path.of(content.name()), FileScan.of(sheet)))
                .findFirst()
                .orElse(content.sheets().getFirst());
    }

    /// Whether a sheet that no layout fits has rows of sales all the same: recordings or releases, money or units.
    public static boolean looksLikeSales(Path file, FileScan scan) {
        try {
            Set<ReportField> found = new LayoutTemplate(file, scan)
                    .columns.stream()
                            .filter(column -> !column.example().isEmpty())
                            .flatMap(column -> column.field().stream())
                            .collect(Collectors.toSet());
            boolean sold = found.contains(ReportField.ISRC) || found.contains(ReportField.UPC);
            boolean titled = found.contains(ReportField.TITLE) && found.contains(ReportField.ARTIST);
            boolean money = found.contains(ReportField.NET_REVENUE);
            return (sold && (money || found.contains(ReportField.QUANTITY))) || (titled && money);
        } catch (BadReport noTable) {
            return false;
        }
    }

    private boolean isSheet() {
        return scan.cells() != FileScan.Cells.TEXT;
    }

    private List<RowSample.SampleRow> rows(Delimiter by, boolean quoted) {
        return RowSample.of(file.toString(), scan.head(), encoding, new CsvDialect(by, quoted))
                .rows();
    }

    /// The one by which most rows have the same number of cells, three or more.
    private Delimiter delimiter() {
        Delimiter best = Delimiter.COMMA;
        long most = 0;
        for (Delimiter candidate : Delimiter.values()) {
            Map<Integer, Long> widths = rows(candidate, true).stream()
                    .map(row -> row.cells().size())
                    .filter(width -> width >= LEAST_COLUMNS)
                    .collect(Collectors.groupingBy(width -> width, Collectors.counting()));
            for (Map.Entry<Integer, Long> width : widths.entrySet()) {
                long weight = width.getValue() * 100 + width.getKey();
                if (weight > most) {
                    most = weight;
                    best = candidate;
                }
            }
        }
        if (most == 0) {
            throw new BadReport(file + ": cannot propose a layout: no rows with three or more cells separated by tabs,"
                    + " commas, semicolons or pipes");
        }
        return best;
    }

    /// The first row as wide as most, whose cells are different texts and no numbers.
    private int headerRow() {
        int width = rows.stream()
                .map(row -> row.cells().size())
                .collect(Collectors.groupingBy(w -> w, Collectors.counting()))
                .entrySet()
                .stream()
                // rows of a preamble are narrow, however many they are
                .max(Comparator.comparingLong(entry -> entry.getKey() * entry.getValue()))
                .map(Map.Entry::getKey)
                .orElse(0);
        for (int i = 0; i < Math.min(rows.size(), LayoutDetector.WITHIN); i++) {
            List<String> cells = rows.get(i).cells();
            List<String> headings =
                    cells.stream().filter(cell -> !cell.isBlank()).toList();
            Set<String> different = new HashSet<>(headings);
            boolean words = headings.stream().noneMatch(cell -> cell.matches("[-0-9.,/: ]+"));
            if (cells.size() == width
                    && headings.size() >= LEAST_COLUMNS
                    && headings.size() * 2 > width
                    && different.size() == headings.size()
                    && words) {
                return i;
            }
        }
        throw new BadReport(file + ": cannot propose a layout: none of the first rows looks like a header. Write one"
                + " with `header: false` and the columns in order; see docs/reports.md");
    }

    /// With units that nothing but their values speaks for, where no heading names any.
    private List<InferredColumn> proposed() {
        List<InferredColumn> all = new ArrayList<>(columns);
        if (columns.stream().noneMatch(column -> column.field().equals(Optional.of(ReportField.QUANTITY)))) {
            ColumnChoice.unnamedUnits(columns, values)
                    .ifPresent(place -> all.set(
                            place,
                            all.get(place)
                                    .as(
                                            Optional.of(ReportField.QUANTITY),
                                            Optional.of("nothing but its values says that it is the units"))));
        }
        return List.copyOf(all);
    }

    private String text(ReportFile content) {
        List<InferredColumn> columns = proposed();
        TemplateFigures figures = new TemplateFigures(rows.get(header), columns, numbers);
        try {
            RowSample.each(file.toString(), content, scan, encoding, new CsvDialect(delimiter, quotes), figures::take);
        } catch (IOException e) {
            throw new BadReport(file + ": cannot be read: " + e.getMessage(), e);
        }
        List<String> headings = rows.get(header).cells();
        StringBuilder yaml = new StringBuilder();
        line(yaml, "# Proposed from " + file.getFileName() + ". Review it, above all the lines with \"?\", then run:");
        line(yaml, "#   tactus reports import --layout THIS.yaml " + file.getFileName());
        line(
                yaml,
                "# In the folder of `reports: layouts:` it is detected automatically. docs/reports.md lists all keys.");
        line(yaml, "layout: " + name());
        line(yaml, "title: " + name());
        line(yaml, "sender: " + name() + " # ? who sends it, such as a distributor");
        line(yaml, "delimiters: [" + delimiter.label() + "]");
        if (!quotes) {
            line(yaml, "quotes: false # a quote is a character like any other");
        }
        if (scan.encoding().isEmpty()) {
            line(yaml, "encoding: windows-1252 # ? it is not UTF-8");
        }
        line(yaml, "columns: # the headings by which such a file is detected");
        for (String heading : headings) {
            if (!heading.isBlank()) {
                line(yaml, "  - " + column(heading));
            }
        }
        boolean comma = numbers.decimal() == ',';
        line(yaml, "decimal: \"" + (comma ? "," : ".") + "\"");
        line(
                yaml,
                (numbers.thousands().isPresent() ? "" : "# ") + "thousands: \"" + (comma ? "." : ",")
                        + "\" # between thousands");
        if (header > 0) {
            line(yaml, "# Before the header:");
            rows.subList(0, header)
                    .forEach(row -> line(yaml, "#   " + TextExcerpt.brief(String.join(" | ", row.cells()))));
            line(yaml, "# preamble: # values from there, for fields as preamble.NAME");
            line(yaml, "#   start: {after: Start Date}");
        }
        line(yaml, "fields:");
        Map<ReportField, InferredColumn> byField = new HashMap<>();
        columns.forEach(column -> column.field()
                .ifPresent(field ->
                        byField.merge(field, column, (one, other) -> other.tellsUse() > one.tellsUse() ? other : one)));
        field(yaml, figures, byField, ReportField.SERVICE, "");
        field(yaml, figures, byField, ReportField.ISRC, "");
        field(yaml, figures, byField, ReportField.UPC, "");
        field(yaml, figures, byField, ReportField.TITLE, "");
        field(yaml, figures, byField, ReportField.ARTIST, "");
        field(yaml, figures, byField, ReportField.TERRITORY, "");
        field(yaml, figures, byField, ReportField.USAGE_TYPE, "{value: stream} # ? or one of " + UsageType.labels());
        if (!byField.containsKey(ReportField.USAGE_START) || !byField.containsKey(ReportField.USAGE_END)) {
            field(yaml, figures, byField, ReportField.USAGE, "");
        } else {
            field(yaml, figures, byField, ReportField.USAGE_START, "");
            field(yaml, figures, byField, ReportField.USAGE_END, "");
        }
        field(yaml, figures, byField, ReportField.STATEMENT_PERIOD, "");
        field(
                yaml,
                figures,
                byField,
                ReportField.QUANTITY,
                "null # ? no column looks like units; name it, or delete this line if the report has none");
        currency(yaml, figures, byField);
        field(
                yaml,
                figures,
                byField,
                ReportField.NET_REVENUE,
                "null # ? no column looks like money; name it, or delete this line if the report has none");
        field(yaml, figures, byField, ReportField.EXCHANGE_RATE, "");
        figures.others(money).forEach(other -> line(yaml, "# " + other));
        List<InferredColumn> unused = columns.stream()
                .filter(column ->
                        !column.field().map(byField::get).filter(column::equals).isPresent())
                .toList();
        if (!unused.isEmpty()) {
            line(yaml, "# Not used:");
            unused.forEach(column ->
                    line(yaml, "#   " + column.heading() + " (such as " + TextExcerpt.brief(column.example()) + ")"));
        }
        line(yaml, "# totals: # rows that are totals: skipped, and compared with the sum of the others");
        line(yaml, "#   - {when: {column: \"#1\", matches: \"total.*\"}, net_revenue: ...}");
        return yaml.toString();
    }

    private String name() {
        String stem = String.valueOf(file.getFileName())
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\.(csv|tsv|txt|gz|zip|xlsx|xls|ods|xml)", "")
                .replaceAll("[^a-z]+", "-")
                .replaceAll("^-+|-+$", "");
        return stem.isEmpty() ? "my-report" : stem.substring(0, Math.min(EXAMPLE, stem.length()));
    }

    private static void field(
            StringBuilder yaml,
            TemplateFigures figures,
            Map<ReportField, InferredColumn> byField,
            ReportField field,
            String otherwise) {
        InferredColumn column = byField.get(field);
        if (column != null) {
            line(
                    yaml,
                    "  " + field.label() + ": " + column.rule() + " # " + figures.of(column) + "such as "
                            + TextExcerpt.brief(column.example())
                            + column.doubt().map(doubt -> "; ? " + doubt).orElse(""));
        } else if (!otherwise.isEmpty()) {
            line(yaml, "  " + field.label() + ": " + otherwise);
        } else if (field == ReportField.SERVICE) {
            line(yaml, "  # service: {value: Spotify} # ? whose usage it is; default: the sender");
        } else if (field == ReportField.USAGE) {
            line(yaml, "  # usage: {column: ..., format: yyyy-MM} # ? no such column found; import needs --period");
        }
    }

    private static void currency(
            StringBuilder yaml, TemplateFigures figures, Map<ReportField, InferredColumn> byField) {
        InferredColumn money = byField.get(ReportField.NET_REVENUE);
        if (byField.containsKey(ReportField.CURRENCY)) {
            field(yaml, figures, byField, ReportField.CURRENCY, "");
        } else if (money != null) {
            Optional<String> inHeading = InferredColumn.currencyIn(money.heading());
            line(
                    yaml,
                    inHeading
                            .map(currency -> "  currency: {value: " + currency + "}")
                            .orElse("  # currency: {value: USD} # ? no such column found; import needs --currency"));
        }
    }

    /// A heading as layouts name columns; one that would be taken for a pattern or a place, as a pattern of itself.
    static String column(String heading) {
        boolean plain = !heading.matches("(?s)/.*/|#[0-9]+|preamble\\..*");
        return quoted(plain ? heading : "/" + Pattern.quote(ColumnName.normal(heading)) + "/");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static void line(StringBuilder yaml, String line) {
        yaml.append(line).append('\n');
    }
}
