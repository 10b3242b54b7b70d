package dev.tactus.reports.rows;

import dev.tactus.lake.sales.SaleAmount;
import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.csv.RowBatch;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.csv.SliceCache;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import dev.tactus.reports.rows.Conversion.Accepted;
import dev.tactus.reports.rows.Conversion.Rejected;
import dev.tactus.reports.rows.Conversion.UnusableValue;
import dev.tactus.reports.rows.SoldItemReader.SoldItem;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns rows of one kind into sales, or says why not. What cells say is worked out once and found again by their
/// bytes.
/// Not thread-safe.
final class RowConverter {
    private static final int CONTEXTS = 50_000;
    private static final int RECORDINGS = 100_000;
    private static final long CACHE_BYTES = 12L << 20;

    private final RowContextReader contexts;
    private final SoldItemReader recordings;
    private final CellCache<Conversion<RowContext>> knownContexts;
    private final CellCache<Conversion<SoldItem>> knownRecordings;
    private final Optional<BoundField> quantity;
    private final Optional<BoundField> netRevenue;
    private final NumberReader numbers;
    private final ImportStatistics statistics;

    /// @param holders how many kinds of rows a row of sales is read from: itself, and records kept beside it
    RowConverter(FieldBindings binding, int holders, String sender, ImportStatistics statistics) {
        this.contexts = new RowContextReader(binding, sender, statistics);
        this.recordings = new SoldItemReader(binding, sender);
        this.knownContexts = new CellCache<>(contexts.varying(), holders, new SliceCache<>(CONTEXTS, CACHE_BYTES));
        this.knownRecordings =
                new CellCache<>(recordings.varying(), holders, new SliceCache<>(RECORDINGS, CACHE_BYTES));
        this.quantity = binding.field(ReportField.QUANTITY);
        this.netRevenue = binding.field(ReportField.NET_REVENUE);
        this.numbers = new NumberReader(binding.layout().numbers());
        this.statistics = statistics;
    }

    /// Lands the row or rejects it.
    void take(RowView[] rows, RowBatch batch, int row, SalesWriter writer) {
        long line = batch.line(row);
        byte[] raw = batch.raw(row);
        switch (convert(rows, line, raw, writer)) {
            case Accepted<Long> sold -> statistics.land(line, sold.value());
            case Rejected<Long>(ReportField field, String reason) -> {
                statistics.reject(field, reason);
                numbersOfRejected(rows);
                writer.reject(line, field.label(), reason, raw);
            }
        }
    }

    private Conversion<Long> convert(RowView[] rows, long line, byte[] raw, SalesWriter writer) {
        RowContext context;
        SoldItem recording;
        switch (context(rows)) {
            case Accepted<RowContext> good -> context = good.value();
            case Rejected<RowContext>(ReportField field, String reason) -> {
                return new Rejected<>(field, reason);
            }
        }
        switch (recording(rows)) {
            case Accepted<SoldItem> good -> recording = good.value();
            case Rejected<SoldItem>(ReportField field, String reason) -> {
                return new Rejected<>(field, reason);
            }
        }
        try {
            @Nullable Long sold = sold(rows);
            @Nullable SaleAmount amount = amount(rows, context);
            if (sold == null && amount == null) {
                return new Rejected<>(ReportField.QUANTITY, "the row has neither a quantity nor an amount");
            }
            writer.sale(line, context.sale(), recording.sale(), sold, amount, raw);
            context.landed(statistics, line);
            recording.note().ifPresent(statistics::note);
            return sold == null ? NOTHING : new Accepted<>(sold);
        } catch (UnusableValue e) {
            return e.bad();
        }
    }

    private static final Accepted<Long> NOTHING = new Accepted<>(0L);

    private Conversion<RowContext> context(RowView[] rows) {
        Conversion<RowContext> known = knownContexts.get(rows);
        if (known == null) {
            known = contexts.read(rows);
            knownContexts.put(known);
        }
        return known;
    }

    private Conversion<SoldItem> recording(RowView[] rows) {
        Conversion<SoldItem> known = knownRecordings.get(rows);
        if (known == null) {
            known = recordings.read(rows);
            knownRecordings.put(known);
        }
        return known;
    }

    private @Nullable Long sold(RowView[] rows) throws UnusableValue {
        if (quantity.isEmpty()) {
            return null;
        }
        BoundField field = quantity.get();
        int place = field.first(rows);
        if (place < 0) {
            return null;
        }
        try {
            return numbers.whole(rows[field.holder(place)], field.column(place));
        } catch (NotANumber e) {
            throw new UnusableValue(ReportField.QUANTITY, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable SaleAmount amount(RowView[] rows, RowContext context) throws UnusableValue {
        if (netRevenue.isEmpty()) {
            return null;
        }
        BoundField field = netRevenue.get();
        int place = field.first(rows);
        if (place < 0) {
            return null;
        }
        CurrencySum sum = context.sum()
                .orElseThrow(
                        () -> new UnusableValue(ReportField.CURRENCY, "amount without a currency; pass --currency"));
        try {
            return numbers.money(rows[field.holder(place)], field.column(place), sum);
        } catch (NotANumber e) {
            throw new UnusableValue(ReportField.NET_REVENUE, String.valueOf(e.getMessage()));
        }
    }

    /// What a rejected row adds to the totals that the report states, and to the money that does not land.
    private void numbersOfRejected(RowView[] rows) {
        rejectedMoney(rows);
        try {
            statistics.controlTotals().rejected(number(quantity, rows), number(netRevenue, rows));
        } catch (NotANumber e) {
            statistics.controlTotals().rejectedUnreadable();
        }
    }

    private void rejectedMoney(RowView[] rows) {
        try {
            BigDecimal amount = number(netRevenue, rows);
            if (amount.signum() != 0) {
                statistics.rejectedMoney().add(contexts.currencyAlone(rows), amount);
            }
        } catch (NotANumber e) {
            statistics.rejectedMoney().addUnreadable();
        }
    }

    private BigDecimal number(Optional<BoundField> field, RowView[] rows) throws NotANumber {
        int place = field.isEmpty() ? -1 : field.get().first(rows);
        return place < 0
                ? BigDecimal.ZERO
                : numbers.decimal(rows[field.get().holder(place)], field.get().column(place));
    }
}
