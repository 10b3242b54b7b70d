package dev.tactus.reconcile.statements;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.ledger.Ledger;
import dev.tactus.reconcile.PeriodRules;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.Reconciliation;
import java.math.BigDecimal;

/// Finds how reconciled periods stand with their statements.
public final class StatementFinder {
    private final Ledger ledger;
    private final Lake lake;
    private final ServiceSources services;
    private final StatementCalendar calendar;
    private final BigDecimal rates;
    private final int megabytes;

    /// @param rates share by which money a unit may differ from the usual
    public StatementFinder(
            Ledger ledger,
            Lake lake,
            ServiceSources services,
            StatementCalendar calendar,
            BigDecimal rates,
            int megabytes) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
        this.calendar = calendar;
        this.rates = rates;
        this.megabytes = megabytes;
    }

    /// The rules, with what the calendar knows: whether a period's statements are all out.
    public PeriodRules rules(ReconciliationRules rules) {
        return (source, period) -> rules.of(source).withStatementOut(calendar.isOut(source, period));
    }

    public StatementStatus find(Reconciliation done) {
        try (Workbench bench = lake.workbench(megabytes, done.snapshots())) {
            return new StatementStatus(
                    calendar.owed(done.source(), done.period()),
                    StatementConflict.of(
                            bench, ledger, bench.relation(new PeriodParts(done.source(), done.period()).reconciled())),
                    SharedDaysConflict.of(bench, services, done.source(), done.period()),
                    RateDeviation.of(bench, services, done.source(), done.period(), rates),
                    ForeignRefund.of(bench, services, done.source(), done.period()));
        }
    }
}
