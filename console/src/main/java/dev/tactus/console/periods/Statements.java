package dev.tactus.console.periods;

import dev.tactus.console.config.Configuration;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.reconcile.statements.StatementCalendar;
import dev.tactus.reconcile.statements.StatementFinder;
import java.time.Instant;

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
