package dev.tactus.reconcile.statements;

import java.util.List;
import java.util.stream.Stream;

/// How a source's period stands with its statements.
///
/// @param owed every month that a sender owes, received or missing
/// @param conflicts rows that several senders report
/// @param sharedDays rows that are told by ranges of days that have days in common
/// @param rates money a unit that is not as usual
/// @param refunds of what was sold in another period
public record StatementStatus(
        List<ExpectedStatement> owed,
        List<StatementConflict> conflicts,
        List<SharedDaysConflict> sharedDays,
        List<RateDeviation> rates,
        List<ForeignRefund> refunds) {
    public static final StatementStatus UNKNOWN =
            new StatementStatus(List.of(), List.of(), List.of(), List.of(), List.of());

    public StatementStatus {
        owed = List.copyOf(owed);
        conflicts = List.copyOf(conflicts);
        sharedDays = List.copyOf(sharedDays);
        rates = List.copyOf(rates);
        refunds = List.copyOf(refunds);
    }

    /// What is missing, a sentence each.
    public List<String> missing() {
        return StatementCalendar.missing(owed);
    }

    /// What a person should look at although it is not missing, a sentence each.
    public List<String> warnings() {
        return Stream.of(
                        conflicts.stream().map(StatementConflict::words),
                        sharedDays.stream().map(SharedDaysConflict::words),
                        refunds.stream().map(ForeignRefund::words),
                        rates.stream().map(RateDeviation::words))
                .flatMap(words -> words)
                .toList();
    }
}
