package dev.tactus.reports.delivery;

import dev.tactus.ledger.royalty.Report;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What became of one file.
public sealed interface ImportOutcome {
    /// The file; within an archive `archive.zip/name`.
    String name();

    /// Its rows are in the lake.
    ///
    /// @param reasons why rows were rejected and how many each, the most frequent first; the first fifty reasons
    /// @param totalsChecked how many totals that the report states of itself were compared with its rows
    /// @param accepted totals that don't fit and were taken nevertheless
    /// @param beside reports that claim some of the same and stay
    /// @param closed closed periods that it is about
    record Imported(
            String name,
            Report report,
            List<Map.Entry<String, Long>> reasons,
            Map<String, Long> notes,
            int totalsChecked,
            List<String> accepted,
            List<String> beside,
            List<String> closed)
            implements ImportOutcome {
        /// The same, with more to note.
        Imported with(Map<String, Long> more) {
            Map<String, Long> all = new TreeMap<>(notes);
            all.putAll(more);
            return new Imported(name, report, reasons, all, totalsChecked, accepted, beside, closed);
        }
    }

    /// The same content is in the lake already, under whatever name: nothing was done.
    record Known(String name, Report report) implements ImportOutcome {}

    /// It can't be taken: nothing was done.
    ///
    /// @param message complete: what, where, what to do
    record Refused(String name, String message) implements ImportOutcome {}
}
