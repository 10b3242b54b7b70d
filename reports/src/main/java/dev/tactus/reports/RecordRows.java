package dev.tactus.reports;

import dev.tactus.lake.SalesWriter;
import dev.tactus.reports.RecordShape.Kept;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows of a file of records: some are sales, some are kept for the sales that refer to them, the last one says how
/// many lines there are.
final class RecordRows implements RowTaker {
    private static final Cells NONE = Cells.of(List.of());

    private final String name;
    private final Layout layout;
    private final RecordShape shape;
    private final Account account;
    private final ImportOptions options;
    private final String sender;
    private final Map<String, List<String>> columns;
    private final List<Holder> holders = new ArrayList<>();
    private final Map<String, List<String>> headings = new LinkedHashMap<>();
    private final Map<String, Kind> kinds = new HashMap<>();
    private final Cells cells = new Cells();
    private final Cells[] rows;
    private long dataLines;
    private long allLines;
    private Optional<Long> stated = Optional.empty();
    /// The kind of the last record; empty until it comes.
    private String foot = "";

    RecordRows(
            String name,
            Recognised recognised,
            RecordShape shape,
            ImportOptions options,
            String sender,
            Account account) {
        this.name = name;
        this.layout = recognised.layout();
        this.shape = shape;
        this.options = options;
        this.sender = sender;
        this.account = account;
        this.columns = columns(shape, recognised.comments());
        shape.kept().forEach((holder, kept) -> {
            List<String> all = headings(columns, kept.types());
            headings.put(holder, all);
            holders.add(new Holder(kept, all));
        });
        this.rows = new Cells[1 + holders.size()];
        this.rows[0] = cells;
    }

    /// The columns of each kind: what the file says, or else the layout.
    static Map<String, List<String>> columns(RecordShape shape, Map<String, List<String>> comments) {
        Map<String, List<String>> columns = new HashMap<>(shape.columns());
        columns.putAll(comments);
        return columns;
    }

    /// All columns that records of these kinds have.
    private static List<String> headings(Map<String, List<String>> columns, Set<String> types) {
        Set<String> all = new LinkedHashSet<>();
        columns.forEach((type, its) -> {
            if (RecordShape.has(types, type)) {
                its.stream().map(ColumnName::normal).forEach(all::add);
            }
        });
        return List.copyOf(all);
    }

    private Optional<List<String>> of(String type) {
        return Optional.ofNullable(columns.get(type))
                .or(() -> Optional.ofNullable(columns.get(RecordShape.bare(type))));
    }

    /// A kind of record, worked out when the first of it comes.
    private record Kind(
            Map<String, Integer> places, Optional<RowConverter> sales, List<Holder> kept, Optional<Integer> lines) {}

    /// Records kept under one name.
    private static final class Holder {
        private final Kept kept;
        private final List<String> headings;
        private final Map<String, Cells> byKey = new HashMap<>();
        private Cells last = NONE;
        private int count;
        private String block = "";

        Holder(Kept kept, List<String> headings) {
            this.kept = kept;
            this.headings = headings;
        }

        void keep(Map<String, Integer> places, Cells record) {
            kept.within().ifPresent(column -> enter(value(places, record, column)));
            List<String> arranged = new ArrayList<>();
            for (String heading : headings) {
                arranged.add(value(places, record, heading));
            }
            last = Cells.of(arranged);
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
        Cells of(Map<String, Integer> places, Cells row) {
            if (kept.key().isEmpty()) {
                return last;
            }
            if (kept.within().isPresent()
                    && !value(places, row, kept.within().get()).equals(block)) {
                return NONE;
            }
            for (String by : kept.by()) {
                @Nullable Cells meant = byKey.get(value(places, row, by));
                if (meant != null) {
                    return meant;
                }
            }
            return kept.alone() && count == 1 ? last : NONE;
        }
    }

    private static String value(Map<String, Integer> places, Cells row, String heading) {
        @Nullable Integer place = places.get(heading);
        return place == null ? "" : row.text(place);
    }

    @Override
    public void take(RowBatch batch, int row, SalesWriter writer) {
        allLines++;
        if (batch.isBroken(row)) {
            account.reject(Field.ISRC, "a quote in it is never closed");
            writer.reject(batch.line(row), "row", "a quote in it is never closed", batch.raw(row));
            return;
        }
        batch.read(row, cells);
        String type = cells.text(0);
        if (type.startsWith(shape.comment())) {
            account.skip();
            return;
        }
        dataLines++;
        Kind kind = kinds.computeIfAbsent(type, this::kind);
        if (kind.lines().isPresent()) {
            foot = RecordShape.bare(type);
            stated = number(cells.text(kind.lines().get()));
        }
        for (Holder holder : kind.kept()) {
            holder.keep(kind.places(), cells);
        }
        if (kind.sales().isEmpty()) {
            account.skip();
            return;
        }
        for (int i = 0; i < holders.size(); i++) {
            rows[1 + i] = holders.get(i).of(kind.places(), cells);
        }
        kind.sales().get().take(rows, batch, row, writer);
    }

    private Kind kind(String type) {
        List<String> its = of(type).orElse(List.of());
        List<String> withType = new ArrayList<>(List.of(""));
        withType.addAll(its);
        Optional<RowConverter> sales = Optional.empty();
        if (RecordShape.has(shape.rows(), type)) {
            Binding binding = new Binding(layout, withType, headings, Map.of(), options);
            sales = Optional.of(new RowConverter(binding, rows.length, sender, account));
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < its.size(); i++) {
            places.putIfAbsent(ColumnName.normal(its.get(i)), i + 1);
        }
        String lines = shape.feet().get(RecordShape.bare(type));
        return new Kind(
                places,
                sales,
                holders.stream()
                        .filter(h -> RecordShape.has(h.kept.types(), type))
                        .toList(),
                lines == null ? Optional.empty() : ColumnName.of("", lines).in(withType));
    }

    private static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    @Override
    public void end(long lines) {
        if (shape.feet().isEmpty()) {
            return;
        }
        if (foot.isEmpty()) {
            String feet = shape.feet().keySet().stream().sorted().collect(Collectors.joining(" or "));
            account.stated().incomplete("its last record (" + feet + ") is missing: the file is cut short");
        } else if (stated.isPresent()
                && stated.get() != allLines
                && stated.get() != dataLines
                && stated.get() != lines) {
            account.stated()
                    .incomplete("its " + foot + " record counts " + stated.get() + " lines, there are " + allLines);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
