package dev.tactus.reports.rows;

import dev.tactus.lake.sales.SaleAmount;
import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.reports.DeductionKind;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.convention.ColumnConventions;
import dev.tactus.reports.convention.ConventionVerdict;
import dev.tactus.reports.convention.DayDoubt;
import dev.tactus.reports.convention.NumberEvidence;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.csv.SliceCache;
import dev.tactus.reports.layout.NumberFormat;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import dev.tactus.reports.layout.PeriodFormat;
import dev.tactus.reports.layout.TotalRule.Measure;
import dev.tactus.reports.rows.Conversion.Accepted;
import dev.tactus.reports.rows.Conversion.Rejected;
import dev.tactus.reports.rows.Conversion.UnusableValue;
import dev.tactus.reports.rows.SoldItemReader.SoldItem;
import dev.tactus.reports.sums.CurrencySign;
import dev.tactus.reports.sums.CurrencySum;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
    private final NumberEvidence quantityEvidence = new NumberEvidence();
    private final NumberEvidence amountEvidence = new NumberEvidence();
    private final NumberFormat quantityFormat;
    private final NumberFormat amountFormat;
    private final NumberReader quantities;
    private final NumberReader amounts;
    private final TotalRows totals;
    private final DeductionReader deductions;
    private final DeductionWords deductionWords;
    private final FigureReader figures;
    private final ImportStatistics statistics;

    /// @param holders how many kinds of rows a row of sales is read from: itself, and records kept beside it
    /// @param type the kind of the records; empty where rows are of one kind
    /// @param headings of the row
    /// @param conventions how columns are written, where that is not as the layout says
    RowConverter(
            FieldBindings binding,
            int holders,
            String type,
            List<String> headings,
            String sender,
            ImportStatistics statistics,
            ColumnConventions conventions) {
        this.contexts = new RowContextReader(binding, sender, statistics);
        this.recordings = new SoldItemReader(binding, sender);
        this.knownContexts = new CellCache<>(contexts.varying(), holders, new SliceCache<>(CONTEXTS, CACHE_BYTES));
        this.knownRecordings =
                new CellCache<>(recordings.varying(), holders, new SliceCache<>(RECORDINGS, CACHE_BYTES));
        this.quantity = binding.field(ReportField.QUANTITY);
        this.netRevenue = binding.field(ReportField.NET_REVENUE);
        this.quantityFormat =
                conventions.numbers(ReportField.QUANTITY, binding.layout().numbers());
        this.amountFormat =
                conventions.numbers(ReportField.NET_REVENUE, binding.layout().numbers());
        this.quantities = new NumberReader(quantityFormat, quantityEvidence);
        this.amounts = new NumberReader(amountFormat, amountEvidence);
        this.totals = new TotalRows(binding);
        this.deductionWords = new DeductionWords(binding, quantities);
        this.figures = new FigureReader(binding, amountFormat, statistics);
        this.deductions =
                new DeductionReader(binding.layout(), type, headings, binding, amountFormat, contexts, statistics);
        this.statistics = statistics;
    }

    /// Lands the row, rejects it, or takes it as a total of those before it.
    ///
    /// @param raw the row as it stands in the file
    /// @param share its amount where other rows tell it
    /// @return whether it was not rejected
    boolean take(RowView[] rows, long line, byte[] raw, Optional<BigDecimal> share, SalesWriter writer) {
        quantityEvidence.at(line);
        amountEvidence.at(line);
        switch (convert(rows, line, raw, share, writer)) {
            case Accepted<Long> sold -> {
                statistics.land(line, sold.value());
                if (deductions.hasColumns()) {
                    deductions.beside(rows, line, raw, writer);
                }
                statistics.repeated().see(raw, line);
                return true;
            }
            case Rejected<Long>(ReportField field, String reason) -> {
                Optional<DeductionKind> deduction = deductionWords.of(rows);
                if (totals.has(rows) && !isSongCalledTotal(rows)) {
                    state(rows, line);
                    statistics.skip();
                } else if (deduction.isPresent()) {
                    deductions.taken(deduction.get(), rows, line, raw, writer);
                } else {
                    statistics.reject(field, reason);
                    numbersOfRejected(rows, share);
                    writer.reject(line, field.label(), reason, raw);
                    return false;
                }
                return true;
            }
        }
    }

    /// What is taken off the label's money.
    DeductionReader deductions() {
        return deductions;
    }

    private void state(RowView[] rows, long line) {
        state(rows, line, Measure.QUANTITY, quantity, quantities);
        state(rows, line, Measure.NET_REVENUE, netRevenue, amounts);
    }

    private void state(RowView[] rows, long line, Measure measure, Optional<BoundField> field, NumberReader reader) {
        int place = field.isEmpty() ? -1 : field.get().first(rows);
        if (place >= 0) {
            try {
                statistics
                        .controlTotals()
                        .stated(
                                line,
                                measure,
                                reader.decimal(
                                        rows[field.get().holder(place)],
                                        field.get().column(place)));
            } catch (NotANumber e) {
                statistics.note("rows with a total in words or numbers that can't be read: skipped");
            }
        }
    }

    /// What the whole file tells of how its columns are written.
    ConventionVerdict conventions(ColumnConventions used) {
        List<String> contradictions = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        Map<ReportField, NumberFormat> numbers = new EnumMap<>(ReportField.class);
        numbers.putAll(used.numbers());
        Map<ReportField, List<PeriodFormat>> days = new EnumMap<>(ReportField.class);
        days.putAll(used.days());
        number(
                ReportField.QUANTITY,
                quantityEvidence,
                quantityFormat,
                amountEvidence,
                numbers,
                contradictions,
                remarks);
        number(
                ReportField.NET_REVENUE,
                amountEvidence,
                amountFormat,
                quantityEvidence,
                numbers,
                contradictions,
                remarks);
        Map<ReportField, DayDoubt> doubts = new EnumMap<>(ReportField.class);
        boolean areOne = contexts.agreeOnUsageDays();
        contexts.settle(statistics.days());
        contexts.orders().forEach((field, order) -> {
            if (!areOne || field != ReportField.USAGE_END) {
                String column = areOne && field == ReportField.USAGE_START
                        ? field.label() + " and " + ReportField.USAGE_END.label()
                        : field.label();
                order.contradiction().ifPresent(cells -> contradictions.add(column + ": " + cells));
                order.doubt().ifPresent(doubt -> doubts.put(field, doubt));
            }
            order.other().ifPresent(formats -> days.put(field, formats));
        });
        days.forEach((field, formats) -> remarks.add(field.label() + " is read as "
                + formats.stream()
                        .filter(format -> format.order().isPresent())
                        .findFirst()
                        .orElseGet(formats::getFirst)
                        .written()
                + ", as the file writes it; the layout has day and month the other way round"));
        ColumnConventions other = new ColumnConventions(numbers, days);
        return new ConventionVerdict(
                contradictions, other.equals(used) ? Optional.empty() : Optional.of(other), remarks, doubts);
    }

    private static void number(
            ReportField field,
            NumberEvidence evidence,
            NumberFormat format,
            NumberEvidence beside,
            Map<ReportField, NumberFormat> numbers,
            List<String> contradictions,
            List<String> remarks) {
        evidence.contradiction()
                .ifPresent(cells -> contradictions.add(field.label() + " is written in two ways: " + cells));
        evidence.other(format, beside.decimal()).ifPresent(other -> numbers.put(field, other));
        NumberFormat read = numbers.get(field);
        if (read != null) {
            remarks.add(
                    field.label() + " is read with \"" + read.decimal() + "\" before decimals, as the file writes it"
                            + evidence.cells().stream()
                                    .findFirst()
                                    .map(cell -> ", such as " + cell)
                                    .orElse(""));
        } else if (field == ReportField.NET_REVENUE) {
            evidence.doubt()
                    .ifPresent(cell -> remarks.add("net_revenue: " + cell + " may be a thousand times as much, or a"
                            + " thousandth: all its numbers with a mark are like that, and nothing in the file tells."
                            + " \"" + format.decimal() + "\" is read as the mark before decimals; compare the sum"
                            + " with the statement's"));
        }
    }

    /// Rejects a row whose amount can't be told.
    void rejectAmount(long line, byte[] raw, String reason, SalesWriter writer) {
        statistics.reject(ReportField.NET_REVENUE, reason);
        statistics.controlTotals().rejectedUnreadable();
        statistics.rejectedMoney().addUnreadable();
        writer.reject(line, ReportField.NET_REVENUE.label(), reason, raw);
    }

    private Conversion<Long> convert(
            RowView[] rows, long line, byte[] raw, Optional<BigDecimal> share, SalesWriter writer) {
        RowContext context;
        SoldItem recording;
        switch (context(rows, line)) {
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
            if (!recording.isIdentified() && totals.has(rows) && !isSongCalledTotal(rows)) {
                return new Rejected<>(ReportField.ISRC, "a total");
            }
            if (!recording.isIdentified() && deductionWords.of(rows).isPresent()) {
                return new Rejected<>(ReportField.ISRC, "a deduction");
            }
            @Nullable Long sold = sold(rows);
            if ((sold == null || sold == 0)
                    && recording.isIdentified()
                    && deductionWords.of(rows).isPresent()) {
                return new Rejected<>(ReportField.USAGE_TYPE, "a deduction");
            }
            @Nullable SaleAmount amount = share.isPresent() ? share(share.get(), context) : amount(rows, line, context);
            if (sold == null && amount == null) {
                return new Rejected<>(ReportField.QUANTITY, "the row has neither a quantity nor an amount");
            }
            writer.sale(line, context.sale(), recording.sale(), sold, amount, figures.read(rows), raw);
            context.landed(statistics, line);
            recording.note().ifPresent(statistics::note);
            return sold == null ? NOTHING : new Accepted<>(sold);
        } catch (UnusableValue e) {
            return e.bad();
        }
    }

    /// A title without an ISRC may be `Total`: where it is sold somewhere, no more often than others, and comes to no
    /// sum of the rows before it.
    private boolean isSongCalledTotal(RowView[] rows) {
        if (!totals.mayBeSong(rows)) {
            return false;
        }
        try {
            BigDecimal units = number(quantity, quantities, rows);
            BigDecimal money = number(netRevenue, amounts, rows);
            boolean song = units.signum() > 0
                    && units.compareTo(BigDecimal.valueOf(statistics.mostUnits())) <= 0
                    && !statistics.controlTotals().isSumSoFar(Measure.QUANTITY, units)
                    && !statistics.controlTotals().isSumSoFar(Measure.NET_REVENUE, money);
            if (song) {
                statistics.note("rows of a title that says total, with units like others: landed as sales");
            }
            return song;
        } catch (NotANumber e) {
            return false;
        }
    }

    private static final Accepted<Long> NOTHING = new Accepted<>(0L);

    private Conversion<RowContext> context(RowView[] rows, long line) {
        Conversion<RowContext> known = knownContexts.get(rows);
        if (known == null) {
            known = contexts.read(rows, line);
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
            return quantities.whole(rows[field.holder(place)], field.column(place));
        } catch (NotANumber e) {
            throw new UnusableValue(ReportField.QUANTITY, String.valueOf(e.getMessage()));
        }
    }

    private static SaleAmount share(BigDecimal share, RowContext context) throws UnusableValue {
        CurrencySum sum = sum(context);
        try {
            SaleAmount amount = SaleAmount.of(share, share.toPlainString().getBytes(StandardCharsets.UTF_8));
            sum.add(share, amount);
            return amount;
        } catch (ArithmeticException e) {
            throw new UnusableValue(ReportField.NET_REVENUE, share.toPlainString() + ": " + e.getMessage());
        }
    }

    private static CurrencySum sum(RowContext context) throws UnusableValue {
        return context.sum()
                .orElseThrow(
                        () -> new UnusableValue(ReportField.CURRENCY, "amount without a currency; pass --currency"));
    }

    private @Nullable SaleAmount amount(RowView[] rows, long line, RowContext context) throws UnusableValue {
        if (netRevenue.isEmpty()) {
            return null;
        }
        BoundField field = netRevenue.get();
        int place = field.firstFilled(rows);
        if (place < 0) {
            return null;
        }
        CurrencySum sum = sum(context);
        try {
            return amounts.money(rows[field.holder(place)], field.column(place), sum);
        } catch (NumberReader.ForeignAmount e) {
            statistics.object("line " + line + ": " + e.getMessage() + ". Ask the sender which of the two is right;"
                    + " --accept REASON rejects such rows");
            throw new UnusableValue(ReportField.NET_REVENUE, String.valueOf(e.getMessage()));
        } catch (NotANumber e) {
            throw new UnusableValue(ReportField.NET_REVENUE, String.valueOf(e.getMessage()));
        }
    }

    /// What a rejected row adds to the totals that the report states, and to the money that does not land.
    private void numbersOfRejected(RowView[] rows, Optional<BigDecimal> share) {
        BigDecimal amount;
        try {
            amount = money(rows, share);
        } catch (NotANumber e) {
            statistics.rejectedMoney().addUnreadable();
            statistics.controlTotals().rejectedUnreadable();
            return;
        }
        if (amount.signum() != 0) {
            statistics.rejectedMoney().add(currency(rows, share), amount);
        }
        try {
            statistics.controlTotals().rejected(number(quantity, quantities, rows), amount);
        } catch (NotANumber e) {
            statistics.controlTotals().rejectedUnreadable();
        }
    }

    /// That of the row, unless its amount has another one's sign.
    private Optional<String> currency(RowView[] rows, Optional<BigDecimal> share) {
        Optional<String> said = contexts.currencyAlone(rows);
        int place = share.isPresent() || netRevenue.isEmpty()
                ? -1
                : netRevenue.get().first(rows);
        if (place < 0) {
            return said;
        }
        BoundField field = netRevenue.get();
        String written = rows[field.holder(place)].text(field.column(place));
        return said.flatMap(own -> CurrencySign.foreign(written, own)).or(() -> said);
    }

    private BigDecimal money(RowView[] rows, Optional<BigDecimal> share) throws NotANumber {
        return share.isPresent() ? share.get() : number(netRevenue, amounts, rows);
    }

    private static BigDecimal number(Optional<BoundField> field, NumberReader numbers, RowView[] rows)
            throws NotANumber {
        int place = field.isEmpty() ? -1 : field.get().first(rows);
        return place < 0
                ? BigDecimal.ZERO
                : numbers.decimal(rows[field.get().holder(place)], field.get().column(place));
    }
}
