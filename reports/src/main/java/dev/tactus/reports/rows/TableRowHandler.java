package dev.tactus.reports.rows;

import dev.tactus.lake.SalesWriter;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.csv.RowBatch;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.file.ReportCharset;
import dev.tactus.reports.layout.ColumnName;
import dev.tactus.reports.layout.DetectedLayout;
import dev.tactus.reports.layout.Layout;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import dev.tactus.reports.layout.RowRule;
import dev.tactus.reports.layout.TotalRule;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rows of a table: a preamble, a header, sales, and between them headers again, totals and what else is no sale.
public final class TableRowHandler implements RowHandler {
    private final DetectedLayout recognised;
    private final Layout layout;
    private final ImportStatistics account;
    private final RowConverter converter;
    private final RowView cells = new RowView();
    private final RowView[] rows = {cells};
    private final int width;
    private final byte[] firstHeading;
    private final boolean firstIsEscaped;
    private final List<RowRule.BoundRowRule> skip = new ArrayList<>();
    private final List<BoundTotal> totals = new ArrayList<>();
    private final Optional<RowRule.BoundRowRule> ends;
    private final NumberReader numbers;
    private boolean ended;

    private record BoundTotal(RowRule.BoundRowRule when, TotalRule rule) {}

    public TableRowHandler(
            DetectedLayout recognised,
            FieldBindings binding,
            Map<String, String> preamble,
            String sender,
            ImportStatistics account) {
        this.recognised = recognised;
        this.layout = recognised.layout();
        this.account = account;
        this.converter = new RowConverter(binding, 1, sender, account);
        this.width = recognised.headings().size();
        ReportCharset encoding = recognised.encoding();
        this.firstHeading = recognised
                .headings()
                .getFirst()
                .getBytes(encoding.readsAsBytes() ? encoding.charset() : StandardCharsets.UTF_8);
        this.firstIsEscaped = recognised.headings().getFirst().contains("\"");
        this.numbers = new NumberReader(layout.numbers());
        for (RowRule rule : layout.skip()) {
            rule.in(recognised.headings()).ifPresent(skip::add);
        }
        for (TotalRule rule : layout.totals()) {
            rule.when()
                    .flatMap(when -> when.in(recognised.headings()))
                    .ifPresentOrElse(when -> totals.add(new BoundTotal(when, rule)), () -> ofPreamble(rule, preamble));
        }
        this.ends = layout.ends().flatMap(rule -> rule.in(recognised.headings()));
    }

    /// What stands before the header, by the names that the layout gives it.
    public static Map<String, String> preamble(DetectedLayout recognised) {
        Map<String, String> values = new LinkedHashMap<>();
        recognised
                .layout()
                .preamble()
                .forEach((name, rule) ->
                        rule.find(recognised.before()).ifPresent(value -> values.put(name, value.strip())));
        return values;
    }

    @Override
    public void take(RowBatch batch, int row, SalesWriter writer) {
        long line = batch.line(row);
        if (line <= recognised.headerLine() || (ended && batch.isBroken(row))) {
            account.skip();
            return;
        }
        if (batch.isBroken(row)) {
            String reason = "a quote in it is never closed, or closed in the middle of a cell";
            account.reject(ReportField.ISRC, reason);
            account.stated().rejectedUnreadable();
            writer.reject(line, "row", reason, batch.raw(row));
            return;
        }
        batch.read(row, cells);
        if (isNoSale(line)) {
            account.skip();
            return;
        }
        Optional<String> ragged = ragged();
        if (ragged.isPresent()) {
            account.reject(ReportField.ISRC, ragged.get());
            account.stated().rejectedUnreadable();
            writer.reject(line, "row", ragged.get(), batch.raw(row));
            return;
        }
        converter.take(rows, batch, row, writer);
    }

    private boolean isNoSale(long line) {
        if (ends.isPresent() && ends.get().fits(cells)) {
            ended = true;
        }
        for (int i = 0; i < totals.size(); i++) {
            BoundTotal total = totals.get(i);
            if (total.when().fits(cells)) {
                state(line, total.rule());
                return true;
            }
        }
        for (int i = 0; i < skip.size(); i++) {
            if (skip.get(i).fits(cells)) {
                return true;
            }
        }
        return ended || cells.isBlank() || isHeaderAgain();
    }

    private boolean isHeaderAgain() {
        if (recognised.headerLine() == 0 || cells.count() < width) {
            return false;
        }
        // nearly every row differs in its first cell already
        if (!firstIsEscaped && !cells.is(0, firstHeading)) {
            return false;
        }
        for (int i = 0; i < width; i++) {
            if (!cells.text(i).equals(recognised.headings().get(i))) {
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
        state(line, rule.rows(), (l, n) -> account.stated().rows(l, n, account));
        state(line, rule.quantity(), (l, n) -> account.stated().quantity(l, n, account));
        state(line, rule.netRevenue(), (l, n) -> account.stated().netRevenue(l, n, account));
    }

    private interface TotalConsumer {
        void state(long line, BigDecimal number);
    }

    private void state(long line, Optional<ColumnName> column, TotalConsumer stating) {
        Optional<Integer> place = column.flatMap(c -> c.in(recognised.headings()));
        if (place.isEmpty() || cells.isEmpty(place.get())) {
            return;
        }
        try {
            stating.state(line, numbers.decimal(cells, place.get()));
        } catch (NotANumber e) {
            account.stated().unreadable(line, String.valueOf(e.getMessage()));
        }
    }

    private void ofPreamble(TotalRule rule, Map<String, String> preamble) {
        if (rule.when().isPresent()) {
            return;
        }
        ofPreamble(rule.rows(), preamble, (l, n) -> account.stated().rows(l, n, account));
        ofPreamble(rule.quantity(), preamble, (l, n) -> account.stated().quantity(l, n, account));
        ofPreamble(rule.netRevenue(), preamble, (l, n) -> account.stated().netRevenue(l, n, account));
    }

    private void ofPreamble(Optional<ColumnName> column, Map<String, String> preamble, TotalConsumer stating) {
        Optional<String> text = column.map(ColumnName::heading).map(preamble::get);
        if (text.isPresent()) {
            try {
                stating.state(0, layout.numbers().parse(text.get()));
            } catch (NotANumber e) {
                account.stated().unreadable(0, String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public void end(long lines) {
        // a table may end anywhere
    }
}
