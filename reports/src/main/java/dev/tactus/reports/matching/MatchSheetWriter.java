package dev.tactus.reports.matching;

import dev.tactus.reports.BadReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/// The queue as a sheet for people, written row by row: its last column is empty, and is for the ISRC of the recording
/// that the usage is.
///
/// Titles come from strangers. In CSV a text that a spreadsheet would take for a formula has an apostrophe before it;
/// in a workbook every text is a text by its type.
public final class MatchSheetWriter {
    static final String KEY = "usage_key";
    static final String DECISION = "match_isrc";
    private static final List<String> HEADINGS = List.of(
            KEY,
            "isrc",
            "upc",
            "title",
            "artist",
            "senders",
            "services",
            "first_day",
            "last_day",
            "rows",
            "quantity",
            "revenue",
            "suggestion",
            DECISION);
    /// With an apostrophe before it too, so that each text comes back as it was.
    private static final Pattern LIKE_A_FORMULA = Pattern.compile("(?s)'*(\\s*[=+\\-@＝＋－＠].*|[\\t\\r\\n].*)");

    private static final Pattern AMOUNT =
            Pattern.compile("-[0-9]+(\\.[0-9]+)?( [A-Z]{3}(; -?[0-9]+(\\.[0-9]+)? [A-Z]{3})*)?");
    private static final int LONGEST = 2_000;
    private static final int MOST_ROWS = 1_000_000;
    private static final List<Integer> WIDTHS = List.of(30, 15, 17, 32, 24, 16, 20, 12, 12, 9, 12, 18, 16, 16);

    private MatchSheetWriter() {}

    /// As RFC 4180 in UTF-8 with a byte order mark, so that spreadsheets read it right.
    public static void csv(UnmatchedQueue queue, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write('\uFEFF');
        line(writer, HEADINGS);
        written(() -> queue.each(usage -> {
            try {
                line(
                        writer,
                        cells(usage).stream().map(MatchSheetWriter::harmless).toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        writer.flush();
    }

    /// As a workbook of one sheet.
    ///
    /// @throws BadReport if there are more usages than a sheet has rows
    public static void xlsx(UnmatchedQueue queue, OutputStream out) throws IOException {
        xlsx(queue, out, MOST_ROWS);
    }

    static void xlsx(UnmatchedQueue queue, OutputStream out, long mostRows) throws IOException {
        if (queue.count() > mostRows) {
            throw new BadReport(queue.count() + " usages do not fit into one sheet; use --csv");
        }
        Workbook book = new Workbook(out, "Tactus", "1.0");
        Worksheet sheet = book.newWorksheet("unmatched");
        sheet.freezePane(0, 1);
        for (int column = 0; column < HEADINGS.size(); column++) {
            sheet.value(0, column, HEADINGS.get(column));
            sheet.style(0, column).bold().set();
            sheet.width(column, WIDTHS.get(column));
        }
        SheetRows rows = new SheetRows(sheet);
        written(() -> queue.each(rows));
        book.finish();
    }

    /// A failure to write keeps its kind on its way through what takes no checked exception.
    private static void written(Runnable writing) throws IOException {
        try {
            writing.run();
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    /// Puts usages into a sheet, some hundred at a time.
    private static final class SheetRows implements Consumer<UnmatchedUsage> {
        private static final int FLUSHED = 500;

        private final Worksheet sheet;
        private int row;

        SheetRows(Worksheet sheet) {
            this.sheet = sheet;
        }

        @Override
        public void accept(UnmatchedUsage usage) {
            row++;
            List<String> cells = cells(usage);
            for (int column = 0; column < cells.size(); column++) {
                if (HEADINGS.get(column).equals("rows")) {
                    sheet.value(row, column, usage.rows());
                } else if (HEADINGS.get(column).equals("quantity")) {
                    sheet.value(row, column, usage.quantity());
                } else {
                    sheet.inlineString(row, column, brief(cells.get(column)));
                }
            }
            sheet.style(row, HEADINGS.size() - 1).fillColor("FFF2CC").set();
            if (row % FLUSHED == 0) {
                try {
                    sheet.flush();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /// Keys are always shorter.
    private static String brief(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static List<String> cells(UnmatchedUsage usage) {
        List<String> cells = new ArrayList<>();
        cells.add(usage.usageKey());
        cells.add(text(usage.isrc()));
        cells.add(text(usage.upc()));
        cells.add(text(usage.title()));
        cells.add(text(usage.artist()));
        cells.add(usage.senders());
        cells.add(usage.services());
        cells.add(text(usage.first()));
        cells.add(text(usage.last()));
        cells.add(Long.toString(usage.rows()));
        cells.add(usage.quantity().toPlainString());
        cells.add(usage.revenue().entrySet().stream()
                .map(money -> plain(money.getValue()) + " " + money.getKey())
                .collect(Collectors.joining("; ")));
        cells.add(text(usage.suggestion()));
        cells.add("");
        return cells;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    /// Numbers stay numbers; any other text that begins like a formula is marked as a text.
    static String harmless(String text) {
        return LIKE_A_FORMULA.matcher(text).matches() && !AMOUNT.matcher(text).matches() ? "'" + text : text;
    }

    /// What [#harmless] was given.
    static String asItWas(String text) {
        return text.startsWith("'") && LIKE_A_FORMULA.matcher(text.substring(1)).matches() ? text.substring(1) : text;
    }

    private static void line(Writer writer, List<String> cells) throws IOException {
        writer.write(cells.stream().map(MatchSheetWriter::quoted).collect(Collectors.joining(",")));
        writer.write("\r\n");
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
