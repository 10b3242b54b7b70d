package dev.tactus.reports.rows;

import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.convention.ColumnConventions;
import dev.tactus.reports.csv.RowBatch;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.ColumnName;
import dev.tactus.reports.layout.DetectedLayout;
import dev.tactus.reports.layout.Layout;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import dev.tactus.reports.layout.RecordLayout;
import dev.tactus.reports.layout.RecordLayout.KeptRecords;
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
import org.jspecify.annotations.Nullable;

/// The rows of a file of records: some are sales, some are kept for the sales that refer to them, the last one says how
/// many lines there are.
public final class RecordRowHandler implements RowHandler {
    private static final String BROKEN = "a quote is never closed";
    private static final RowView NONE = RowView.of(List.of());

    private final Layout layout;
    private final RecordLayout records;
    private final ImportStatistics statistics;
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
            ImportStatistics statistics) {
        this.layout = detected.layout();
        this.records = records;
        this.options = options;
        this.sender = sender;
        this.statistics = statistics;
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
    private record RecordType(
            Map<String, Integer> places,
            Optional<RowConverter> sales,
            List<RecordStore> kept,
            Optional<Integer> lines,
            boolean isShared,
            boolean isShare) {}

    /// Records kept under one name.
    private static final class RecordStore {
        private final KeptRecords kept;
        private final List<String> headings;
        private final Map<String, RowView> byKey = new HashMap<>();
        private RowView last = NONE;
        private int count;
        private String block = "";

        RecordStore(KeptRecords kept, List<String> headings) {
            this.kept = kept;
            this.headings = headings;
        }

        void keep(Map<String, Integer> places, RowView record) {
            kept.within().ifPresent(column -> enter(value(places, record, column)));
            List<String> arranged = new ArrayList<>();
            for (String heading : headings) {
                arranged.add(value(places, record, heading));
            }
            last = RowView.of(arranged);
            count++;
            for (String key : kept.key()) {
                String value = value(places, record, key);
                if (!value.isEmpty()) {
                    byKey.putIfAbsent(value, last);
                }
            }
        }

        void enter(String newBlock) {
            if (!newBlock.equals(block)) {
                block = newBlock;
                byKey.clear();
                last = NONE;
                count = 0;
            }
        }

        /// The record that a row means.
        RowView of(Map<String, Integer> places, RowView row) {
            if (kept.key().isEmpty()) {
                return last;
            }
            if (kept.within().isPresent()
                    && !value(places, row, kept.within().get()).equals(block)) {
                return NONE;
            }
            for (String by : kept.by()) {
                @Nullable RowView meant = byKey.get(value(places, row, by));
                if (meant != null) {
                    return meant;
                }
            }
            return kept.alone() && count == 1 ? last : NONE;
        }
    }

    private static String value(Map<String, Integer> places, RowView row, String heading) {
        @Nullable Integer place = places.get(heading);
        return place == null ? "" : row.text(place);
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
        RecordType kind = kinds.computeIfAbsent(type, this::kind);
        if (kind.isShare() && held.isPresent()) {
            share(held.get(), kind.places(), batch.line(row));
            statistics.skip();
            return;
        }
        land(writer);
        if (kind.lines().isPresent()) {
            foot = RecordLayout.bare(type);
            stated = number(cells.text(kind.lines().get()));
        }
        for (RecordStore holder : kind.kept()) {
            holder.keep(kind.places(), cells);
        }
        if (kind.sales().isEmpty()) {
            statistics.skip();
            return;
        }
        for (int i = 0; i < holders.size(); i++) {
            rows[1 + i] = holders.get(i).of(kind.places(), cells);
        }
        if (kind.isShared()) {
            RowView[] copies = rows.clone();
            copies[0] = RowView.of(cells.texts());
            held = Optional.of(new HeldSale(
                    copies, batch.line(row), batch.raw(row), kind.sales().get()));
        } else {
            kind.sales().get().take(rows, batch, row, writer);
        }
    }

    private void share(HeldSale sale, Map<String, Integer> places, long line) {
        for (String heading : records.shares().orElseThrow().amount()) {
            String text = value(places, cells, heading).strip();
            if (!layout.absent().contains(text.toLowerCase(Locale.ROOT))) {
                try {
                    BigDecimal amount = layout.numbers().parse(text);
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

    private RecordType kind(String type) {
        List<String> its = of(type).orElse(List.of());
        List<String> withType = new ArrayList<>(Collections.nCopies(records.kind(), ""));
        withType.addAll(its);
        Optional<RowConverter> sales = Optional.empty();
        if (RecordLayout.has(records.rows(), type)) {
            FieldBindings binding =
                    new FieldBindings(layout, withType, headings, Map.of(), options, ColumnConventions.ofLayout());
            sales = Optional.of(
                    new RowConverter(binding, rows.length, sender, statistics, ColumnConventions.ofLayout()));
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < its.size(); i++) {
            places.putIfAbsent(ColumnName.normal(its.get(i)), i + records.kind());
        }
        String lines = records.feet().get(RecordLayout.bare(type));
        return new RecordType(
                places,
                sales,
                holders.stream()
                        .filter(h -> RecordLayout.has(h.kept.types(), type))
                        .toList(),
                lines == null ? Optional.empty() : ColumnName.of("", lines).in(withType),
                records.shares()
                        .filter(shares -> RecordLayout.has(shares.of(), type))
                        .isPresent(),
                records.shares()
                        .filter(shares -> RecordLayout.has(shares.types(), type))
                        .isPresent());
    }

    private static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    @Override
    public void end(long lines, SalesWriter writer) {
        land(writer);
        if (foot.isEmpty() && !records.feet().isEmpty()) {
            String feet = records.feet().keySet().stream().sorted().collect(Collectors.joining(" or "));
            statistics.controlTotals().incomplete("the last record (" + feet + ") is missing: the file is truncated");
        } else if (stated.isPresent() && !List.of(allLines, dataLines, lines).contains(stated.get())) {
            statistics
                    .controlTotals()
                    .incomplete("the " + foot + " record states " + stated.get() + " lines, but there are " + allLines);
        }
    }
}
