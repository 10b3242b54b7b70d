package dev.tactus.reconcile.files;

import dev.tactus.lake.query.RowSink;
import dev.tactus.reconcile.HomeCurrency;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.files.FileColumns.Column;
import dev.tactus.reconcile.files.FileColumns.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last columns of a row where the books have a home currency: what its money is worth in it.
///
/// Worked out here, not in SQL: money times a rate has more digits than a column of a database holds, and nothing is
/// rounded.
record HomeColumns(HomeCurrency home) {
    /// Where a row's money stands, by currency.
    static final Column MONEY = new Column("revenues", Kind.MONEY);

    static final List<Column> COLUMNS = List.of(
            new Column("home_currency", Kind.TEXT),
            new Column("home_revenue", Kind.DECIMAL),
            new Column("no_rate_for", Kind.TEXT));

    /// Their values.
    ///
    /// @param revenues the row's money, as [Column#text] writes it
    List<@Nullable Object> values(@Nullable Object revenues) {
        List<Money> amounts = amounts(revenues);
        Optional<BigDecimal> worth = home.worth(amounts);
        List<@Nullable Object> values = new ArrayList<>();
        values.add(worth.isPresent() ? home.currency() : null);
        values.add(worth.orElse(null));
        values.add(home.missing(amounts).isEmpty() ? null : String.join(" ", home.missing(amounts)));
        return values;
    }

    /// The same as CSV.
    String csv(@Nullable Object revenues) {
        List<Money> amounts = amounts(revenues);
        Optional<BigDecimal> worth = home.worth(amounts);
        return (worth.isPresent() ? "\"" + home.currency() + "\"" : "") + ","
                + worth.map(HomeColumns::plain).orElse("") + ","
                + (home.missing(amounts).isEmpty() ? "" : "\"" + String.join(" ", home.missing(amounts)) + "\"");
    }

    /// A sink that hands rows on with these columns behind the others.
    ///
    /// @param place of the money among the others
    RowSink behind(RowSink sink, int place) {
        return new RowSink() {
            @Override
            public void columns(List<RowSink.Column> columns) {
                sink.columns(columns);
            }

            @Override
            public void row(List<@Nullable Object> values) {
                List<@Nullable Object> all = new ArrayList<>(values);
                all.addAll(HomeColumns.this.values(values.get(place)));
                sink.row(all);
            }
        };
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    private static List<Money> amounts(@Nullable Object revenues) {
        List<Money> amounts = new ArrayList<>();
        if (revenues == null || revenues.toString().isEmpty()) {
            return amounts;
        }
        for (String one : revenues.toString().split(" ", -1)) {
            int colon = one.indexOf(':');
            amounts.add(new Money(one.substring(0, colon), new BigDecimal(one.substring(colon + 1))));
        }
        return amounts;
    }
}
