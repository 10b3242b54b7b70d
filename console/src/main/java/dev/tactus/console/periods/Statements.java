package dev.tactus.console.periods;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.HomeSection;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.lake.Lake;
import dev.tactus.lake.sales.SalesBatch;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.reconcile.ExchangeRates;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRules;
import dev.tactus.reconcile.statements.StatementCalendar;
import dev.tactus.reconcile.statements.StatementFinder;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.gate.PaymentCheck;
import dev.tactus.reports.gate.PaymentCheck.PaymentDifference;
import java.time.Instant;
import java.util.List;
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

    /// The payments of a configuration that are not what the statements in the lake say.
    public static List<PaymentDifference> unpaid(Configuration configuration, Ledger ledger, Lake lake) {
        if (configuration.reports().remittances().isEmpty()) {
            return List.of();
        }
        try (SalesBatch sales = lake.sales().batch()) {
            return new PaymentCheck(List.of(), configuration.remittances(), ledger).differences(sales);
        }
    }

    /// The same of a period, as warnings.
    static List<String> unpaid(Configuration configuration, Ledger ledger, Lake lake, Period period) {
        try {
            return unpaid(configuration, ledger, lake).stream()
                    .filter(one -> one.reports().stream().anyMatch(report -> isAbout(report, period)))
                    .map(one -> "warning: a payment is not what was stated: " + one.words()
                            + (one.isAccepted() ? " (one of these reports was accepted despite an objection)" : ""))
                    .toList();
        } catch (BadReport | CommandFailure e) {
            return List.of("warning: no payment was compared: " + e.getMessage());
        }
    }

    private static boolean isAbout(Report report, Period period) {
        return report.usageStart().filter(day -> day.isAfter(period.to())).isEmpty()
                && report.usageEnd().filter(day -> day.isBefore(period.from())).isEmpty();
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
