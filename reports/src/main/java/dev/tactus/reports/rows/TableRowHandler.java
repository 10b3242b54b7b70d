package dev.tactus.reports.rows;

import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.SenderName;
import dev.tactus.reports.convention.ColumnConventions;
import dev.tactus.reports.convention.NumberEvidence;
import dev.tactus.reports.convention.RivalColumns;
import dev.tactus.reports.csv.RowBatch;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.DetectedLayout;
import dev.tactus.reports.layout.Layout;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import dev.tactus.reports.layout.RowRule;
import dev.tactus.reports.layout.TotalRule;
import dev.tactus.reports.layout.TotalRule.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rows of a table: a preamble, a header, sales, and between them headers again, totals and what else is no sale.
public final class TableRowHandler implements RowHandler {
    private static final int MOST_HEADINGS = 10_000;
    private static final int LEAST_HEADINGS = 4;
    private static final Pattern ISRC_HEADING = Pattern.compile("(?i)(\\w+[ _-])?isrc([ _/-]?\\w+)?");

    private final DetectedLayout detected;
    private final Layout layout;
    private final ImportStatistics statistics;
    private final ColumnConventions conventions;
    private final RowConverter converter;
    private final RowView cells = new RowView();
    private final IntFunction<String> texts = cells::text;
    private final RowView[] rows = {cells};
    private final int width;
    private final byte[] firstHeading;
    private final boolean firstIsEscaped;
    private final List<RowRule.BoundRowRule> skip = new ArrayList<>();
    private final List<BoundTotal> totals = new ArrayList<>();
    private final Optional<RowRule.BoundRowRule> ends;
    private final NumberReader quantities;
    private final NumberReader amounts;
    private final RivalColumns rivals;
    private final SaleRowCheck sales;
    private final StrayRows stray;
    private final StrayRows left;
    private final CutOff cutOff;
    private final String sender;
    private final Optional<BoundField> senders;
    private String known = "";
    private boolean ended;
    private int headingsLookedAt = MOST_HEADINGS;

    private record BoundTotal(RowRule.BoundRowRule when, TotalRule rule) {}

    public TableRowHandler(
            DetectedLayout detected,
            FieldBindings binding,
            Map<String, String> preamble,
            String sender,
            ImportStatistics statistics,
            ColumnConventions conventions) {
        this.detected = detected;
        this.layout = detected.layout();
        this.statistics = statistics;
        this.conventions = conventions;
        this.converter = new RowConverter(binding, 1, "", detected.headings(), sender, statistics, conventions);
        this.rivals = new RivalColumns(layout, detected.headings());
        this.sales = new SaleRowCheck(binding);
        this.stray = new StrayRows(sales, "before the headings or behind the end of the table");
        this.left = new StrayRows(sales, "among the rows that the layout leaves out");
        this.cutOff = new CutOff(binding, detected.headings().size(), statistics);
        this.sender = sender;
        this.senders = binding.field(ReportField.SENDER).filter(field -> !field.isConstant());
        this.width = detected.headings().size();
        this.firstHeading =
                detected.headings().getFirst().getBytes(detected.encoding().rowCharset());
        this.firstIsEscaped = detected.headings().getFirst().contains("\"");
        this.quantities =
                new NumberReader(conventions.numbers(ReportField.QUANTITY, layout.numbers()), new NumberEvidence());
        this.amounts =
                new NumberReader(conventions.numbers(ReportField.NET_REVENUE, layout.numbers()), new NumberEvidence());
        for (RowRule rule : layout.skip()) {
            rule.in(detected.headings()).ifPresent(skip::add);
        }
        for (TotalRule rule : layout.totals()) {
            if (rule.when().isEmpty()) {
                statePreamble(rule, preamble);
            }
            rule.when()
                    .flatMap(when -> when.in(detected.headings()))
                    .ifPresent(when -> totals.add(new BoundTotal(when, rule)));
        }
        this.ends = layout.ends().flatMap(rule -> rule.in(detected.headings()));
    }

    /// What stands before the header, by the names that the layout gives it.
    public static Map<String, String> preamble(DetectedLayout detected) {
        Map<String, String> values = new LinkedHashMap<>();
        detected.layout()
                .preamble()
                .forEach((name, rule) ->
                        rule.find(detected.before()).ifPresent(value -> values.put(name, value.strip())));
        return values;
    }

    @Override
    public void take(RowBatch batch, int row, SalesWriter writer) {
        long line = batch.line(row);
        if (line < detected.headerLine()) {
            batch.read(row, cells);
            stray.see(rows, line);
        }
        if (line <= detected.headerLine() || (ended && batch.isBroken(row))) {
            statistics.skip();
            return;
        }
        if (batch.isBroken(row)) {
            cutOff.quoted(batch, row);
            reject(batch, row, "a quote is never closed, or closed in the middle of a cell", writer);
            return;
        }
        batch.read(row, cells);
        if (isNoSale(line)) {
            if (ended) {
                stray.see(rows, line);
            }
            statistics.skip();
            return;
        }
        Optional<String> ragged = ragged();
        if (ragged.isPresent()) {
            cutOff.ragged(batch, row, cells);
            otherHeadings(line);
            reject(batch, row, ragged.get(), writer);
            return;
        }
        cutOff.whole(batch, row, cells);
        if (isAnothers()) {
            statistics.skip();
            return;
        }
        rivals.compare(texts, line).ifPresent(statistics::rivals);
        byte[] raw = batch.raw(row);
        if (!converter.deductions().take(rows, line, raw, writer)) {
            boolean taken = converter.take(rows, line, raw, Optional.empty(), writer);
            if (!taken) {
                otherHeadings(line);
            }
        }
    }

    /// What stands in its columns after headings of another order, or of another table, is read as what it is not.
    private void otherHeadings(long line) {
        if (detected.headerLine() == 0 || --headingsLookedAt <= 0) {
            return;
        }
        List<String> all = cells.texts();
        if (layout.fits(all) || areHeadings(all)) {
            statistics.object("line " + line + " has headings again, and others than line " + detected.headerLine()
                    + ": the rows after it can't be read by those. Split the file there, and import both");
        }
    }

    /// Words without digits, one of which says ISRC.
    private static boolean areHeadings(List<String> all) {
        List<String> words = all.stream().filter(cell -> !cell.isBlank()).toList();
        return words.size() >= LEAST_HEADINGS
                && words.stream().anyMatch(cell -> ISRC_HEADING.matcher(cell).matches())
                && words.stream().noneMatch(cell -> cell.chars().anyMatch(Character::isDigit));
    }

    /// Who has sent a row, as it says itself: an empty text where it does not say; absent where it is no sale, or where
    /// no column says it.
    public Optional<String> sender(RowBatch batch, int row) {
        long line = batch.line(row);
        if (senders.isEmpty() || line <= detected.headerLine() || batch.isBroken(row)) {
            return Optional.empty();
        }
        batch.read(row, cells);
        return isNoSale(line) || ragged().isPresent()
                ? Optional.empty()
                : Optional.of(senders.get().text(rows));
    }

    private boolean isAnothers() {
        if (senders.isEmpty()) {
            return false;
        }
        String says = senders.get().text(rows);
        if (says.isEmpty() || says.equals(known)) {
            return false;
        }
        if (!SenderName.same(says, sender)) {
            return true;
        }
        known = says;
        return false;
    }

    private void reject(RowBatch batch, int row, String reason, SalesWriter writer) {
        statistics.reject(ReportField.ISRC, reason);
        byte[] raw = batch.raw(row);
        if (hasDigit(raw)) {
            statistics.controlTotals().rejectedUnreadable();
            statistics.rejectedMoney().addUnreadable();
        }
        writer.reject(batch.line(row), "row", reason, raw);
    }

    /// Without one there is no amount in it: a line of words under a table.
    private static boolean hasDigit(byte[] raw) {
        for (byte one : raw) {
            if (one >= '0' && one <= '9') {
                return true;
            }
        }
        return false;
    }

    private boolean isNoSale(long line) {
        if (ends.isPresent() && ends.get().fits(cells)) {
            ended = true;
        }
        for (int i = 0; i < totals.size(); i++) {
            BoundTotal total = totals.get(i);
            // a song may be called so
            if (total.when().fits(cells) && !sales.isIdentified(rows)) {
                state(line, total.rule());
                return true;
            }
        }
        for (int i = 0; i < skip.size(); i++) {
            if (skip.get(i).fits(cells)) {
                left.seeIdentified(rows, line);
                return true;
            }
        }
        boolean header = isHeaderAgain();
        ended &= !header;
        return ended || header || cells.isBlank();
    }

    private boolean isHeaderAgain() {
        if (detected.headerLine() == 0 || cells.count() < width) {
            return false;
        }
        // nearly every row differs in its first cell already
        if (!firstIsEscaped && !cells.is(0, firstHeading)) {
            return false;
        }
        for (int i = 0; i < width; i++) {
            if (!cells.text(i).equals(detected.headings().get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Why the row has not the cells it should have; empty ones too many don't count.
    private Optional<String> ragged() {
        int there = cells.count();
        if (there == width || (there < width && layout.shortRows())) {
            return Optional.empty();
        }
        for (int i = width; i < there; i++) {
            if (!cells.isEmpty(i)) {
                return Optional.of("the row has more cells than the header has columns");
            }
        }
        return there >= width ? Optional.empty() : Optional.of("the row has fewer cells than the header has columns");
    }

    private void state(long line, TotalRule rule) {
        rule.columns().forEach((measure, column) -> {
            Optional<Integer> place = column.in(detected.headings());
            if (place.isPresent() && !cells.isEmpty(place.get())) {
                try {
                    NumberReader numbers = measure == Measure.NET_REVENUE ? amounts : quantities;
                    statistics.controlTotals().stated(line, measure, numbers.decimal(cells, place.get()));
                } catch (NotANumber e) {
                    statistics.controlTotals().unreadable(line, String.valueOf(e.getMessage()));
                }
            }
        });
    }

    private void statePreamble(TotalRule rule, Map<String, String> preamble) {
        rule.columns().forEach((measure, column) -> {
            @Nullable String text = preamble.get(column.heading());
            if (text != null) {
                try {
                    statistics
                            .controlTotals()
                            .stated(0, measure, layout.numbers().parse(text));
                } catch (NotANumber e) {
                    statistics.controlTotals().unreadable(0, String.valueOf(e.getMessage()));
                }
            }
        });
    }

    @Override
    public void end(long lines, SalesWriter writer) {
        stray.tell(statistics);
        left.tell(statistics);
        statistics.decide(converter.conventions(conventions));
    }
}
