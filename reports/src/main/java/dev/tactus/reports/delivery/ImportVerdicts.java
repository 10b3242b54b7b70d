package dev.tactus.reports.delivery;

import dev.tactus.ledger.royalty.Report;
import dev.tactus.reports.delivery.DeliveredFile.Candidate;
import dev.tactus.reports.gate.DeliveryGate.GateFinding;
import dev.tactus.reports.rows.ImportStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is told of a report once its file's verdict stands.
final class ImportVerdicts {
    private ImportVerdicts() {}

    /// A report is in the lake.
    ///
    /// @param more notes about its file
    /// @param remarks on what was paid
    /// @param closed periods that it is about
    static ImportOutcome imported(
            Candidate candidate, Report landed, Map<String, Long> more, List<String> remarks, List<String> closed) {
        ImportStatistics statistics = candidate.delivery().statistics();
        Map<String, Long> notes = new TreeMap<>(statistics.notes());
        notes.putAll(more);
        return new ImportOutcome.Imported(
                landed.name(),
                landed,
                statistics.reasons(),
                notes,
                statistics.rejectedMoney().turnover(),
                statistics.controlTotals().compared(),
                statistics.deductions().byKind(),
                candidate.objections(),
                Stream.concat(candidate.finding().warnings().stream(), remarks.stream())
                        .toList(),
                candidate.finding().change(),
                candidate.decision().beside(),
                closed);
    }

    /// A person has to look, or to accept.
    static ImportOutcome refused(Report report, List<String> objections, GateFinding finding) {
        return new ImportOutcome.Refused(
                report.name(),
                report.name() + ": " + String.join("; ", objections)
                        + ". Nothing was imported. Request the file again, or import it with --accept REASON",
                Optional.of(report),
                finding.change());
    }

    /// It is in the lake already, and is not what was paid.
    static ImportOutcome unpaid(ImportOutcome.Known known, String objection) {
        Report report = known.report();
        return new ImportOutcome.Refused(
                known.name(),
                known.name() + ": the same content is in the lake as " + report.id() + ", and " + objection
                        + ". Nothing was taken out. Ask the sender, correct what was paid, or accept it with --accept"
                        + " REASON",
                Optional.of(report),
                Optional.empty());
    }

    /// Another part of its file can't be taken.
    static ImportOutcome withTheRest(Candidate candidate, String other) {
        return new ImportOutcome.Refused(
                candidate.report().name(),
                candidate.report().name() + ": not imported, since " + other
                        + ", another part of the same file, was refused. Mend that part, or accept it, and import the"
                        + " file again",
                Optional.of(candidate.report()),
                candidate.finding().change());
    }
}
