package dev.tactus.reports.delivery;

import dev.tactus.ledger.royalty.Report;
import dev.tactus.reports.gate.SizeChange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// What became of one file.
public sealed interface ImportOutcome {
    /// The file; within an archive `archive.zip/name`.
    String name();

    /// Its rows are in the lake.
    ///
    /// @param reasons why rows were rejected and how many each, the most frequent first; the first fifty reasons
    /// @param rejectedTurnover by currency, the money of rejected rows without its signs: refunds hide nothing
    /// @param totalsChecked how many totals that the report states of itself were compared with its rows
    /// @param deductions what it takes off the label's money, by kind, then currency
    /// @param accepted what spoke against it and was accepted
    /// @param warnings what is unusual about it
    /// @param change against what it replaces
    /// @param beside reports that claim some of the same and stay
    /// @param closed closed periods that it is about
    record Imported(
            String name,
            Report report,
            List<Map.Entry<String, Long>> reasons,
            Map<String, Long> notes,
            SortedMap<String, BigDecimal> rejectedTurnover,
            int totalsChecked,
            Map<String, SortedMap<String, BigDecimal>> deductions,
            List<String> accepted,
            List<String> warnings,
            Optional<SizeChange> change,
            List<String> beside,
            List<String> closed)
            implements ImportOutcome {}

    /// The same content is in the lake already, under whatever name, or was and has been replaced: nothing was done.
    record Known(String name, Report report) implements ImportOutcome {}

    /// It can't be taken: nothing was done.
    ///
    /// @param message complete: what, where, what to do
    /// @param report what was read of it, where it could be read to its end
    /// @param change against what it would have replaced
    record Refused(String name, String message, Optional<Report> report, Optional<SizeChange> change)
            implements ImportOutcome {
        public Refused(String name, String message) {
            this(name, message, Optional.empty(), Optional.empty());
        }
    }
}
