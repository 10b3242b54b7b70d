package dev.tactus.reports.rows;

import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.convention.ColumnConventions;
import dev.tactus.reports.convention.ConventionVerdict;
import dev.tactus.reports.csv.RowBatch;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.ColumnName;
import dev.tactus.reports.layout.DetectedLayout;
import dev.tactus.reports.layout.Layout;
import dev.tactus.reports.layout.NumberFormat;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import dev.tactus.reports.layout.RecordLayout;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The rows of a file of records: some are sales, some are kept for the sales that refer to them, the last one says how
/// many lines there are.
public final class RecordRowHandler implements RowHandler {
    private static final String BROKEN = "a quote is never closed";

    private final Layout layout;
    private final RecordLayout records;
    private final ImportStatistics statistics;
    private final ColumnConventions conventions;
    private final NumberFormat amounts;
    private final List<RowConverter> converters = new ArrayList<>();
    private final ImportOptions options;
    private final String sender;
    private final Map<String, List<String>> columns;
    private final List<RecordStore> holders = new ArrayList<>();
    private final Map<String, List<String>> headings = new LinkedHashMap<>();
    private final Map<String, RecordType> kinds = new HashMap<>();
    private final RowView cells = new RowView();
    private final RowView[] rows;
    private long dataLines;
    private long allLines;
    private Optional<Long> stated = Optional.empty();
    /// The kind of the last record; empty until it comes.
    private String foot = "";

    private Optional<HeldSale> held = Optional.empty();

    /// A sale that waits for the records after it, which say how much of it is the recipient's.
    private static final class HeldSale {
        private final RowView[] rows;
        private final long line;
        private final byte[] raw;
        private final RowConverter converter;
        private Optional<BigDecimal> share = Optional.empty();
        private Optional<String> unreadable = Optional.empty();

        HeldSale(RowView[] rows, long line, byte[] raw, RowConverter converter) {
            this.rows = rows;
            this.line = line;
            this.raw = raw;
            this.converter = converter;
        }
    }

    public RecordRowHandler(
            DetectedLayout detected,
            RecordLayout records,
            ImportOptions options,
            String sender,
            ImportStatistics statistics,
            ColumnConventions conventions) {
        this.layout = detected.layout();
        this.records = records;
        this.options = options;
        this.sender = sender;
        this.statistics = statistics;
        this.conventions = conventions;
        this.amounts =
                conventions.numbers(ReportField.NET_REVENUE, detected.layout().numbers());
        this.columns = columns(records, detected.comments());
        records.kept().forEach((holder, kept) -> {
            List<String> all = headings(columns, kept.types());
            headings.put(holder, all);
            holders.add(new RecordStore(kept, all));
        });
        this.rows = new RowView[1 + holders.size()];
        this.rows[0] = cells;
    }

    /// The columns of each kind: what the file says, or else the layout.
    public static Map<String, List<String>> columns(RecordLayout records, Map<String, List<String>> comments) {
        Map<String, List<String>> columns = new HashMap<>(records.columns());
        columns.putAll(comments);
        return columns;
    }

    /// All columns that records of these kinds have.
    private static List<String> headings(Map<String, List<String>> columns, Set<String> types) {
        Set<String> all = new LinkedHashSet<>();
        columns.forEach((type, its) -> {
            if (RecordLayout.has(types, type)) {
                its.stream().map(ColumnName::normal).forEach(all::add);
            }
        });
        return List.copyOf(all);
    }

    private Optional<List<String>> of(String type) {
        return Optional.ofNullable(columns.get(type))
                .or(() -> Optional.ofNullable(columns.get(RecordLayout.bare(type))));
    }

    /// A kind of record, worked out when the first of it comes.
    private final class RecordType {
        final Map<String, Integer> places = new HashMap<>();
        final Optional<RowConverter> sales;
        final Optional<DeductionReader> deductions;
        final List<RecordStore> kept;
        final Optional<Integer> lines;
        final boolean isShared;
        final boolean isShare;
        final boolean isKnown;
        final int width;

        RecordType(String type) {
            List<String> its = of(type).orElse(List.of());
            isKnown = of(type).isPresent()
                    || RecordLayout.has(records.heads(), type)
                    || records.kept().values().stream().anyMatch(one -> RecordLayout.has(one.types(), type));
            width = records.kind() + its.size();
            List<String> withType = new ArrayList<>(Collections.nCopies(records.kind(), ""));
            withType.addAll(its);
            boolean isSale = RecordLayout.has(records.rows(), type);
            boolean isDeducted = layout.deductions().stream().anyMatch(rule -> RecordLayout.has(rule.records(), type));
            Optional<RowConverter> converter =
                    isSale || isDeducted ? Optional.of(converter(type, withType)) : Optional.empty();
            sales = converter.filter(_ -> isSale);
            deductions = converter.map(RowConverter::deductions);
            for (int i = 0; i < its.size(); i++) {
                places.putIfAbsent(ColumnName.normal(its.get(i)), i + records.kind());
            }
            kept = holders.stream().filter(holder -> holder.keeps(type)).toList();
            lines = Optional.ofNullable(records.feet().get(RecordLayout.bare(type)))
                    .flatMap(column -> ColumnName.of("", column).in(withType));
            isShared = records.shares()
                    .filter(shares -> RecordLayout.has(shares.of(), type))
                    .isPresent();
            isShare = records.shares()
                    .filter(shares -> RecordLayout.has(shares.types(), type))
                    .isPresent();
        }

        private RowConverter converter(String type, List<String> withType) {
            FieldBindings binding = new FieldBindings(layout, withType, headings, Map.of(), options, conventions);
            RowConverter converter =
                    new RowConverter(binding, rows.length, type, withType, sender, statistics, conventions);
            converters.add(converter);
            return converter;
        }
    }

    @Override
    public void take(RowBatch batch, int row, SalesWriter writer) {
        allLines++;
        if (batch.isBroken(row)) {
            land(writer);
            statistics.reject(ReportField.ISRC, BROKEN);
            statistics.rejectedMoney().addUnreadable();
            writer.reject(batch.line(row), "row", BROKEN, batch.raw(row));
            return;
        }
        batch.read(row, cells);
        if (cells.text(0).startsWith(records.comment())) {
            statistics.skip();
            return;
        }
        dataLines++;
        String type = type();
        RecordType kind = kinds.computeIfAbsent(type, RecordType::new);
        if (kind.isShare && held.isPresent()) {
            share(held.get(), kind.places, batch.line(row));
            statistics.skip();
            return;
        }
        land(writer);
        if (kind.lines.isPresent()) {
            foot = RecordLayout.bare(type);
            stated = number(cells.text(kind.lines.get()));
        }
        for (RecordStore holder : kind.kept) {
            holder.keep(kind.places, cells);
        }
        if (kind.sales.isEmpty()) {
            if (!kind.isKnown) {
                statistics.note("records of a kind that the layout does not know: left out (" + type + ")");
            }
            aside(kind, batch, row, writer);
            return;
        }
        if (records.feet().isEmpty() && batch.isOpen(row) && cells.count() < kind.width) {
            statistics.object("line " + batch.line(row) + ", the last one, has " + cells.count() + " of " + kind.width
                    + " cells and no line end: the file was cut off. Request it again");
        }
        for (int i = 0; i < holders.size(); i++) {
            rows[1 + i] = holders.get(i).of(kind.places, cells);
        }
        byte[] raw = batch.raw(row);
        if (kind.deductions.isPresent() && kind.deductions.get().take(rows, batch.line(row), raw, writer)) {
            return;
        }
        if (kind.isShared) {
            RowView[] copies = rows.clone();
            copies[0] = RowView.of(cells.texts());
            held = Optional.of(new HeldSale(copies, batch.line(row), raw, kind.sales.get()));
        } else {
            kind.sales.get().take(rows, batch.line(row), raw, Optional.empty(), writer);
        }
    }

    /// A record that is no sale: what it says is taken off, if anything.
    private void aside(RecordType kind, RowBatch batch, int row, SalesWriter writer) {
        if (kind.deductions.isPresent()
                && kind.deductions.get().beside(rows, batch.line(row), batch.raw(row), writer)) {
            statistics.deductedInColumns();
        } else {
            statistics.skip();
        }
    }

    private void share(HeldSale sale, Map<String, Integer> places, long line) {
        for (String heading : records.shares().orElseThrow().amount()) {
            String text = RecordStore.value(places, cells, heading).strip();
            if (!layout.absent().contains(text.toLowerCase(Locale.ROOT))) {
                try {
                    BigDecimal amount = amounts.parse(text);
                    sale.share = Optional.of(sale.share.map(amount::add).orElse(amount));
                } catch (NotANumber e) {
                    sale.unreadable = Optional.of("its share on line " + line + ": " + e.getMessage());
                }
                return;
            }
        }
        sale.unreadable = Optional.of("its share on line " + line + " has no amount");
    }

    /// Lands the sale that was waiting.
    private void land(SalesWriter writer) {
        held.ifPresent(sale -> {
            held = Optional.empty();
            if (sale.unreadable.isPresent()) {
                sale.converter.rejectAmount(sale.line, sale.raw, sale.unreadable.get(), writer);
            } else {
                sale.converter.take(sale.rows, sale.line, sale.raw, sale.share, writer);
            }
        });
    }

    private String type() {
        String type = cells.text(0);
        for (int i = 1; i < records.kind() && i < cells.count(); i++) {
            type += "," + cells.text(i);
        }
        return type;
    }

    private static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    @Override
    public void end(long lines, SalesWriter writer) {
        land(writer);
        statistics.decide(ConventionVerdict.of(
                converters.stream().map(one -> one.conventions(conventions)).toList()));
        if (foot.isEmpty() && !records.feet().isEmpty()) {
            String feet = records.feet().keySet().stream().sorted().collect(Collectors.joining(" or "));
            statistics.object("the last record (" + feet + ") is missing: the file is truncated");
        } else if (stated.isPresent() && !List.of(allLines, dataLines, lines).contains(stated.get())) {
            statistics.object("the " + foot + " record states " + stated.get() + " lines, but there are " + allLines);
        }
    }
}
