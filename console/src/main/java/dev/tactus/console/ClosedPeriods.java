package dev.tactus.console;

import dev.tactus.ledger.Ledger;
import dev.tactus.reconcile.Period;
import dev.tactus.reports.Closings;

/// What the ledger knows of closed periods, told to whoever imports reports about them.
final class ClosedPeriods {
    private ClosedPeriods() {}

    static Closings of(Ledger ledger) {
        return (from, to) -> ledger.periods().inForce(from, to).stream()
                .map(record -> record.source() + " " + new Period(record.from(), record.to()))
                .toList();
    }
}
