package dev.tactus.reports;

import dev.tactus.lake.SaleContext;
import dev.tactus.music.InvalidTerritory;
import dev.tactus.music.Territory;
import dev.tactus.reports.Converted.Good;
import dev.tactus.reports.Converted.Unusable;
import dev.tactus.reports.NumberFormat.NotANumber;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads from a row where, when and how something was sold.
final class ContextReader {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final List<Field> FIELDS = List.of(
            Field.SERVICE,
            Field.TERRITORY,
            Field.USAGE_TYPE,
            Field.USAGE,
            Field.USAGE_START,
            Field.USAGE_END,
            Field.STATEMENT_PERIOD,
            Field.CURRENCY,
            Field.EXCHANGE_RATE);

    private final Binding binding;
    private final String sender;
    private final Account account;
    private final List<BoundField> varying = new ArrayList<>();
    /// Whether the layout knows where the days of the usage stand.
    private final boolean tellsUsage;

    ContextReader(Binding binding, String sender, Account account) {
        this.binding = binding;
        this.sender = sender;
        this.account = account;
        this.tellsUsage = binding.layout().rule(Field.USAGE).isPresent()
                || binding.layout().rule(Field.USAGE_START).isPresent();
        for (Field field : FIELDS) {
            binding.field(field).filter(f -> !f.isConstant()).ifPresent(varying::add);
        }
    }

    /// What it reads.
    List<BoundField> varying() {
        return varying;
    }

    Converted<Context> read(Cells[] rows) {
        try {
            return new Good<>(context(rows));
        } catch (Unusable e) {
            return e.bad();
        }
    }

    private Context context(Cells[] rows) throws Unusable {
        Optional<String> service =
                words(Field.SERVICE, rows).map(Services::named).or(() -> Optional.of(sender));
        Optional<String> currency = currency(rows);
        Period statement = null;
        Optional<String> statementText = words(Field.STATEMENT_PERIOD, rows);
        Optional<BoundField> statementField = binding.field(Field.STATEMENT_PERIOD);
        if (statementField.isPresent()) {
            statement = statementField.get().period(rows).orElse(null);
        }
        Period days = days(rows, Optional.ofNullable(statement));
        Optional<String> note = Optional.empty();
        Territory territory = Territory.UNKNOWN;
        Optional<String> where = words(Field.TERRITORY, rows);
        if (where.isPresent()) {
            territory = territory(where.get());
            if (territory.equals(Territory.UNKNOWN)) {
                note = Optional.of("rows whose territory is unknown or several, such as '" + Shown.brief(where.get())
                        + "': landed under ZZ");
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
                rate(rows));
        return new Context(sale, currency.map(account::tally), service, days, note);
    }

    private Optional<String> words(Field field, Cells[] rows) {
        return binding.field(field).map(f -> f.mapped(rows)).filter(text -> !text.isEmpty());
    }

    private Territory territory(String text) throws Unusable {
        try {
            return Territories.parse(text, binding.layout().records().flatMap(RecordShape::separator));
        } catch (InvalidTerritory e) {
            throw new Unusable(Field.TERRITORY, String.valueOf(e.getMessage()));
        }
    }

    private String usageType(Cells[] rows) {
        return words(Field.USAGE_TYPE, rows)
                .map(text -> UsageType.named(text).orElseGet(() -> UsageType.guess(text)))
                .orElse(UsageType.OTHER)
                .label();
    }

    private Period days(Cells[] rows, Optional<Period> statement) throws Unusable {
        Optional<LocalDate> start = period(Field.USAGE_START, rows).map(Period::start);
        Optional<LocalDate> end = period(Field.USAGE_END, rows).map(Period::end);
        if (start.isPresent() && end.isPresent()) {
            try {
                return new Period(start.get(), end.get());
            } catch (IllegalArgumentException e) {
                throw new Unusable(Field.USAGE_END, String.valueOf(e.getMessage()));
            }
        }
        Optional<Period> days = period(Field.USAGE, rows);
        if (days.isPresent()) {
            return days.get();
        }
        // a statement comes months after the usage: its period is that of the usage only where no row has another one
        return statement
                .filter(_ -> !tellsUsage)
                .orElseThrow(
                        () -> new Unusable(Field.USAGE, "nothing tells which days it is about; say so with --period"));
    }

    private Optional<Period> period(Field field, Cells[] rows) throws Unusable {
        Optional<BoundField> bound = binding.field(field);
        return bound.isEmpty() ? Optional.empty() : bound.get().period(rows);
    }

    private Optional<String> currency(Cells[] rows) throws Unusable {
        Optional<String> text = words(Field.CURRENCY, rows).map(t -> t.toUpperCase(Locale.ROOT));
        if (text.isPresent() && !CURRENCY.matcher(text.get()).matches()) {
            throw new Unusable(
                    Field.CURRENCY, "'" + Shown.brief(text.get()) + "' is not a currency: three letters, such as EUR");
        }
        return text;
    }

    private @Nullable BigDecimal rate(Cells[] rows) throws Unusable {
        Optional<String> text = words(Field.EXCHANGE_RATE, rows);
        if (text.isEmpty()) {
            return null;
        }
        try {
            BigDecimal rate = binding.layout().numbers().parse(text.get());
            if (rate.stripTrailingZeros().scale() > 18 || rate.precision() - rate.scale() > 20) {
                throw new Unusable(
                        Field.EXCHANGE_RATE,
                        "'" + Shown.brief(text.get()) + "' has more than 18 decimals or 20 digits before them");
            }
            return rate;
        } catch (NotANumber e) {
            throw new Unusable(Field.EXCHANGE_RATE, String.valueOf(e.getMessage()));
        }
    }
}
