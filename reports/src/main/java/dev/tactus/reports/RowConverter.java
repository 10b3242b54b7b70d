package dev.tactus.reports;

import dev.tactus.lake.SaleAmount;
import dev.tactus.lake.SalesWriter;
import dev.tactus.reports.Converted.Bad;
import dev.tactus.reports.Converted.Good;
import dev.tactus.reports.Converted.Unusable;
import dev.tactus.reports.NumberFormat.NotANumber;
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

    private final ContextReader contexts;
    private final RecordingReader recordings;
    private final CellKey<Converted<Context>> knownContexts;
    private final CellKey<Converted<Recording>> knownRecordings;
    private final Optional<BoundField> quantity;
    private final Optional<BoundField> netRevenue;
    private final AmountReader numbers;
    private final Account account;

    /// @param holders how many kinds of rows a row of sales is read from: itself, and records kept beside it
    RowConverter(Binding binding, int holders, String sender, Account account) {
        this.contexts = new ContextReader(binding, sender, account);
        this.recordings = new RecordingReader(binding, sender);
        this.knownContexts = new CellKey<>(contexts.varying(), holders, new SliceCache<>(CONTEXTS, CACHE_BYTES));
        this.knownRecordings = new CellKey<>(recordings.varying(), holders, new SliceCache<>(RECORDINGS, CACHE_BYTES));
        this.quantity = binding.field(Field.QUANTITY);
        this.netRevenue = binding.field(Field.NET_REVENUE);
        this.numbers = new AmountReader(binding.layout().numbers());
        this.account = account;
    }

    /// Lands the row or rejects it.
    void take(Cells[] rows, RowBatch batch, int row, SalesWriter writer) {
        long line = batch.line(row);
        byte[] raw = batch.raw(row);
        switch (convert(rows, line, raw, writer)) {
            case Good<Long> sold -> account.land(line, sold.value());
            case Bad<Long>(Field field, String reason) -> {
                account.reject(field, reason);
                numbersOfRejected(rows);
                writer.reject(line, field.label(), reason, raw);
            }
        }
    }

    private Converted<Long> convert(Cells[] rows, long line, byte[] raw, SalesWriter writer) {
        Context context;
        Recording recording;
        switch (context(rows)) {
            case Good<Context> good -> context = good.value();
            case Bad<Context>(Field field, String reason) -> {
                return new Bad<>(field, reason);
            }
        }
        switch (recording(rows)) {
            case Good<Recording> good -> recording = good.value();
            case Bad<Recording>(Field field, String reason) -> {
                return new Bad<>(field, reason);
            }
        }
        try {
            @Nullable Long sold = sold(rows);
            @Nullable SaleAmount amount = amount(rows, context);
            if (sold == null && amount == null) {
                return new Bad<>(Field.QUANTITY, "the row has neither a quantity nor an amount");
            }
            writer.sale(line, context.sale(), recording.sale(), sold, amount, raw);
            context.landed(account);
            recording.landed(account);
            return sold == null ? NOTHING : new Good<>(sold);
        } catch (Unusable e) {
            return e.bad();
        }
    }

    private static final Good<Long> NOTHING = new Good<>(0L);

    private Converted<Context> context(Cells[] rows) {
        Converted<Context> known = knownContexts.get(rows);
        if (known == null) {
            known = contexts.read(rows);
            knownContexts.put(known);
        }
        return known;
    }

    private Converted<Recording> recording(Cells[] rows) {
        Converted<Recording> known = knownRecordings.get(rows);
        if (known == null) {
            known = recordings.read(rows);
            knownRecordings.put(known);
        }
        return known;
    }

    private @Nullable Long sold(Cells[] rows) throws Unusable {
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
            throw new Unusable(Field.QUANTITY, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable SaleAmount amount(Cells[] rows, Context context) throws Unusable {
        if (netRevenue.isEmpty()) {
            return null;
        }
        BoundField field = netRevenue.get();
        int place = field.first(rows);
        if (place < 0) {
            return null;
        }
        Tally tally = context.tally()
                .orElseThrow(() ->
                        new Unusable(Field.CURRENCY, "there is an amount but no currency; say which with --currency"));
        try {
            return numbers.money(rows[field.holder(place)], field.column(place), tally);
        } catch (NotANumber e) {
            throw new Unusable(Field.NET_REVENUE, String.valueOf(e.getMessage()));
        }
    }

    /// What a rejected row adds to the totals that the report states.
    private void numbersOfRejected(Cells[] rows) {
        try {
            account.stated().rejected(number(quantity, rows), number(netRevenue, rows));
        } catch (NotANumber e) {
            account.stated().rejectedUnreadable();
        }
    }

    private BigDecimal number(Optional<BoundField> field, Cells[] rows) throws NotANumber {
        int place = field.isEmpty() ? -1 : field.get().first(rows);
        return place < 0
                ? BigDecimal.ZERO
                : numbers.decimal(rows[field.get().holder(place)], field.get().column(place));
    }
}
