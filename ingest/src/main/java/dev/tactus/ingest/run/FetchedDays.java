package dev.tactus.ingest.run;

import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.SliceCounts;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.TreeSet;

/// The days that runs of a source have fetched, as the ledger knows them.
public final class FetchedDays {
    private FetchedDays() {}

    /// Those not before a day, by runs that were published.
    public static NavigableSet<LocalDate> since(Ledger ledger, String source, LocalDate oldest) {
        NavigableSet<LocalDate> days = new TreeSet<>();
        for (Run run : ledger.runs().list()) {
            boolean published = run.state() == RunState.FINISHED || run.state() == RunState.INCOMPLETE;
            if (published && run.source().equals(source) && !run.to().isBefore(oldest)) {
                ledger.items().countsBySlice(run.id()).stream()
                        .map(SliceCounts::day)
                        .filter(day -> !day.isBefore(oldest))
                        .forEach(days::add);
            }
        }
        return days;
    }
}
