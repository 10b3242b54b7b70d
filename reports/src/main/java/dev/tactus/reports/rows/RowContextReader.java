package dev.tactus.reports.rows;

import dev.tactus.lake.sales.SaleContext;
import dev.tactus.music.identifiers.Territory;
import dev.tactus.music.identifiers.TerritoryNames;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.ReportingPeriod;
import dev.tactus.reports.TextExcerpt;
import dev.tactus.reports.UsageType;
import dev.tactus.reports.convention.DayOrder;
import dev.tactus.reports.convention.PossibleDays;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import dev.tactus.reports.layout.PeriodFormat;
import dev.tactus.reports.layout.RecordLayout;
import dev.tactus.reports.rows.Conversion.Accepted;
import dev.tactus.reports.rows.Conversion.UnusableValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads from a row where, when and how something was sold.
final class RowContextReader {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final List<ReportField> FIELDS = List.of(
            ReportField.SERVICE,
            ReportField.TERRITORY,
            ReportField.USAGE_TYPE,
            ReportField.USAGE,
            ReportField.USAGE_START,
            ReportField.USAGE_END,
            ReportField.STATEMENT_PERIOD,
            ReportField.CURRENCY,
            ReportField.SUBSCRIPTION_TYPE,
            ReportField.EXCHANGE_RATE);

    private final FieldBindings binding;
    /// What a service is called that nothing names: the one whose layout it is, whoever hands its files on.
    private final String service;
    private final ImportStatistics statistics;
    private final List<BoundField> varying = new ArrayList<>();
    private final Map<ReportField, DayOrder> orders = new EnumMap<>(ReportField.class);
    /// Whether the layout knows where the days of the usage stand.
    private final boolean tellsUsage;

    RowContextReader(FieldBindings binding, String sender, ImportStatistics statistics) {
        this.binding = binding;
        this.service = binding.layout().assumedSender().orElse(sender);
        this.statistics = statistics;
        this.tellsUsage = binding.layout().rule(ReportField.USAGE).isPresent()
                || binding.layout().rule(ReportField.USAGE_START).isPresent();
        for (ReportField field : FIELDS) {
            binding.field(field).filter(f -> !f.isConstant()).ifPresent(bound -> {
                varying.add(bound);
                if (field.isPeriod()) {
                    orders.put(field, bound.order());
                }
            });
        }
    }

    /// What columns of days tell of the order of day and month.
    Map<ReportField, DayOrder> orders() {
        return orders;
    }

    /// The first and the last day of usage are written in one order, whichever of the two columns shows it.
    ///
    /// @return whether there are two such columns
    boolean agreeOnUsageDays() {
        DayOrder start = orders.get(ReportField.USAGE_START);
        DayOrder end = orders.get(ReportField.USAGE_END);
        return start != null && end != null && start.agreeWith(end) && end.agreeWith(start);
    }

    /// Where the cells of a column show no order of day and month, other columns and the statement may.
    void settle(PossibleDays possible) {
        DayOrder statement = orders.get(ReportField.STATEMENT_PERIOD);
        List<PeriodFormat.PartOrder> shown = orders.values().stream()
                .flatMap(order -> order.shown().stream())
                .distinct()
                .toList();
        Optional<PeriodFormat.PartOrder> elsewhere =
                shown.size() == 1 ? Optional.of(shown.getFirst()) : Optional.empty();
        if (statement != null) {
            statement.settle(elsewhere, possible.today());
        }
        LocalDate latest = statement == null
                        || statement.doubt().isPresent()
                        || statement.other().isPresent()
                ? possible.today()
                : possible.lastStatement();
        orders.values().forEach(order -> order.settle(elsewhere, latest));
    }

    /// What it reads.
    List<BoundField> varying() {
        return varying;
    }

    /// @param line that the row stands on
    Conversion<RowContext> read(RowView[] rows, long line) {
        orders.values().forEach(order -> order.at(line));
        try {
            return new Accepted<>(context(rows));
        } catch (UnusableValue e) {
            return e.bad();
        }
    }

    private RowContext context(RowView[] rows) throws UnusableValue {
        Optional<String> service =
                words(ReportField.SERVICE, rows).map(ServiceNames::named).or(() -> Optional.of(this.service));
        Optional<String> currency = currency(rows);
        ReportingPeriod statement = null;
        Optional<String> statementText = words(ReportField.STATEMENT_PERIOD, rows);
        Optional<BoundField> statementField = binding.field(ReportField.STATEMENT_PERIOD);
        if (statementField.isPresent()) {
            statement = statementField.get().period(rows).orElse(null);
        }
        ReportingPeriod days = days(rows, Optional.ofNullable(statement));
        Optional<String> note = Optional.empty();
        Territory territory = Territory.UNKNOWN;
        Optional<String> where = words(ReportField.TERRITORY, rows);
        if (where.isPresent()) {
            territory =
                    TerritoryNames.parse(where.get(), binding.layout().records().flatMap(RecordLayout::separator));
            if (territory.equals(Territory.UNKNOWN)) {
                note = Optional.of("rows whose territory is a group or unknown ('" + TextExcerpt.brief(where.get())
                        + "'): landed under ZZ");
            }
        }
        SaleContext sale = new SaleContext(
                service.orElse(null),
                territory.code(),
                usageType(rows),
                days.start(),
                days.end(),
                statement != null ? statement.toString() : statementText.orElse(null),
                currency.orElse(null),
                rate(rows),
                territory.equals(Territory.UNKNOWN) ? where.orElse(null) : null,
                words(ReportField.SUBSCRIPTION_TYPE, rows).orElse(null));
        return new RowContext(sale, currency.map(statistics::sum), service, days, Optional.ofNullable(statement), note);
    }

    private Optional<String> words(ReportField field, RowView[] rows) {
        return binding.field(field).map(f -> f.mapped(rows)).filter(text -> !text.isEmpty());
    }

    /// The currency that a row tells of, whatever else of it can't be read.
    Optional<String> currencyAlone(RowView[] rows) {
        try {
            return currency(rows);
        } catch (UnusableValue e) {
            return Optional.empty();
        }
    }

    /// The statement that a row tells of, whatever else of it can't be read.
    Optional<String> statementAlone(RowView[] rows) {
        try {
            Optional<BoundField> bound = binding.field(ReportField.STATEMENT_PERIOD);
            return bound.isEmpty() ? Optional.empty() : bound.get().period(rows).map(ReportingPeriod::toString);
        } catch (UnusableValue e) {
            return words(ReportField.STATEMENT_PERIOD, rows);
        }
    }

    private String usageType(RowView[] rows) {
        return words(ReportField.USAGE_TYPE, rows)
                .map(text -> UsageType.named(text).orElseGet(() -> UsageType.guess(text)))
                .orElse(UsageType.OTHER)
                .label();
    }

    private ReportingPeriod days(RowView[] rows, Optional<ReportingPeriod> statement) throws UnusableValue {
        Optional<LocalDate> start = period(ReportField.USAGE_START, rows).map(ReportingPeriod::start);
        Optional<LocalDate> end = period(ReportField.USAGE_END, rows).map(ReportingPeriod::end);
        if (start.isPresent() && end.isPresent()) {
            try {
                return new ReportingPeriod(start.get(), end.get());
            } catch (IllegalArgumentException e) {
                throw new UnusableValue(ReportField.USAGE_END, String.valueOf(e.getMessage()));
            }
        }
        Optional<ReportingPeriod> days = period(ReportField.USAGE, rows);
        if (days.isPresent()) {
            return days.get();
        }
        // a statement comes months after the usage: its period is that of the usage only where no row has another one
        return statement
                .filter(_ -> !tellsUsage)
                .orElseThrow(() -> new UnusableValue(ReportField.USAGE, "no usage dates found; pass --period"));
    }

    private Optional<ReportingPeriod> period(ReportField field, RowView[] rows) throws UnusableValue {
        Optional<BoundField> bound = binding.field(field);
        return bound.isEmpty() ? Optional.empty() : bound.get().period(rows);
    }

    private Optional<String> currency(RowView[] rows) throws UnusableValue {
        Optional<String> text = words(ReportField.CURRENCY, rows).map(t -> t.toUpperCase(Locale.ROOT));
        if (text.isPresent() && !CURRENCY.matcher(text.get()).matches()) {
            throw new UnusableValue(
                    ReportField.CURRENCY,
                    "'" + TextExcerpt.brief(text.get()) + "' is not a currency code (three letters, such as EUR)");
        }
        return text;
    }

    private @Nullable BigDecimal rate(RowView[] rows) throws UnusableValue {
        Optional<String> text = words(ReportField.EXCHANGE_RATE, rows);
        if (text.isEmpty()) {
            return null;
        }
        try {
            BigDecimal rate = binding.layout().numbers().parse(text.get());
            if (rate.stripTrailingZeros().scale() > 18 || rate.precision() - rate.scale() > 20) {
                throw new UnusableValue(
                        ReportField.EXCHANGE_RATE,
                        "'" + TextExcerpt.brief(text.get())
                                + "' has more than 18 decimals or more than 20 digits before the point");
            }
            return rate;
        } catch (NotANumber e) {
            throw new UnusableValue(ReportField.EXCHANGE_RATE, String.valueOf(e.getMessage()));
        }
    }
}
