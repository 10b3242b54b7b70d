package dev.tactus.console.periods;

import dev.tactus.console.output.CommandFailure;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.close.CloseExport;
import dev.tactus.reports.delivery.ClosedPeriods;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Closed periods as the ledger knows them: told to whoever imports reports about them, and found by what a person
/// says.
public final class CloseLookup {
    private CloseLookup() {}

    public static ClosedPeriods of(Ledger ledger) {
        return (from, to) -> ledger.periods().inForce(from, to).stream()
                .map(record -> record.source() + " " + new Period(record.from(), record.to()))
                .toList();
    }

    /// The close that is meant: the one of this id, or the one in force.
    ///
    /// @param closeId empty for the one in force
    static PeriodRecord meant(CloseExport exporting, Period period, @Nullable String source, String closeId) {
        List<PeriodRecord> ever = exporting.ever(period).stream()
                .filter(close -> source == null || close.source().equals(source))
                .toList();
        if (!closeId.isEmpty()) {
            return ever.stream()
                    .filter(close -> close.id().equals(closeId))
                    .findFirst()
                    .orElseThrow(() -> CommandFailure.usage("--closed: there is no close " + closeId + " of "
                            + named(source, period) + ids("; there are ", ever)));
        }
        List<PeriodRecord> inForce = ever.stream()
                .filter(close -> exporting.find(close.source(), period).equals(Optional.of(close)))
                .toList();
        if (inForce.size() == 1) {
            return inForce.getFirst();
        }
        if (inForce.isEmpty()) {
            throw CommandFailure.usage(named(source, period) + " is not closed"
                    + (ever.isEmpty()
                            ? "; tactus close closes it"
                            : " any more: it was reopened. --closed=CLOSE writes an earlier close" + ids(": ", ever)));
        }
        throw CommandFailure.usage("several sources have closed " + period + ": say which with --source "
                + inForce.stream().map(PeriodRecord::source).collect(Collectors.joining("|")));
    }

    private static String named(@Nullable String source, Period period) {
        return source == null ? period.toString() : source + " " + period;
    }

    private static String ids(String before, List<PeriodRecord> closes) {
        return closes.isEmpty()
                ? ""
                : before + closes.stream().map(PeriodRecord::id).collect(Collectors.joining(", "));
    }
}
