package dev.tactus.console.periods;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.HomeSection;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.reconcile.ExchangeRates;
import dev.tactus.reconcile.PeriodRules;
import dev.tactus.reconcile.statements.StatementCalendar;
import dev.tactus.reconcile.statements.StatementFinder;
import java.time.Instant;
import java.util.Optional;

/// Statements as a configuration expects them.
public final class Statements {
    private Statements() {}

    public static StatementCalendar calendar(Configuration configuration, Ledger ledger, Lake lake, Instant now) {
        return StatementCalendar.of(
                ledger,
                lake,
                configuration.reports().calendar(),
                configuration.services(),
                now,
                PeriodOptions.MEGABYTES);
    }

    /// The rules of a configuration, with what the calendar and the table of exchange rates know of a period.
    static PeriodRules rules(Configuration configuration, StatementFinder finder) {
        PeriodRules rules = finder.rules(configuration.rules());
        Optional<ExchangeRates> rates = configuration.home().map(HomeSection::rates);
        return (source, period) -> rules.of(source, period).withHome(rates.map(table -> table.of(period)));
    }

    static StatementFinder finder(Configuration configuration, Ledger ledger, Lake lake, Instant now) {
        return new StatementFinder(
                ledger,
                lake,
                configuration.services(),
                calendar(configuration, ledger, lake, now),
                configuration.rates(),
                PeriodOptions.MEGABYTES);
    }
}
