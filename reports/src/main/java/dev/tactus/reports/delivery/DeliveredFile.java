package dev.tactus.reports.delivery;

import dev.tactus.ledger.royalty.Report;
import dev.tactus.reports.gate.Delivery;
import dev.tactus.reports.gate.DeliveryGate.GateFinding;
import dev.tactus.reports.rows.ControlTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The reports of one file, taken together or not at all: one where it is a text, one a sheet of a spreadsheet, one a
/// sender. They never take the place of one another, and a total may be that of several of them. Not thread-safe.
final class DeliveredFile {
    /// A report that may become visible.
    ///
    /// @param objections what was accepted of it so far
    record Candidate(
            Delivery delivery,
            ReplacementCheck.ReplacementDecision decision,
            GateFinding finding,
            List<String> objections,
            DeliveredFile file) {
        Report report() {
            return delivery.report();
        }
    }

    private final String name;
    private final List<Candidate> candidates = new ArrayList<>();
    /// In the order of its parts: what becomes of each, given what became of the candidates by id.
    private final List<Function<Map<String, ImportOutcome>, ImportOutcome>> verdicts = new ArrayList<>();

    private Optional<String> refusedPart = Optional.empty();

    DeliveredFile(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    List<Candidate> candidates() {
        return List.copyOf(candidates);
    }

    List<Function<Map<String, ImportOutcome>, ImportOutcome>> verdicts() {
        return List.copyOf(verdicts);
    }

    /// The ids of its reports so far.
    Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        candidates.forEach(one -> ids.add(one.report().id()));
        return ids;
    }

    /// A part of it whose verdict stands.
    void tell(ImportOutcome outcome) {
        if (outcome instanceof ImportOutcome.Refused refused) {
            refusedPart = refusedPart.or(() -> Optional.of(refused.name()));
        }
        verdicts.add(_ -> outcome);
    }

    void tell(Function<Map<String, ImportOutcome>, ImportOutcome> verdict) {
        verdicts.add(verdict);
    }

    void take(Candidate candidate) {
        String id = candidate.report().id();
        candidates.add(candidate);
        verdicts.add(done -> Objects.requireNonNull(done.get(id)));
    }

    /// The part that keeps the others out; absent where none was refused.
    Optional<String> refusedPart() {
        return refusedPart;
    }

    /// Where the totals that it states differ from its rows, by the id of the report in which they stand.
    Map<String, List<String>> differences() {
        List<List<String>> each = ControlTotals.differences(candidates.stream()
                .map(one -> one.delivery().statistics().controlTotals())
                .toList());
        Map<String, List<String>> differences = new HashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            if (!each.get(i).isEmpty()) {
                differences.put(candidates.get(i).report().id(), each.get(i));
            }
        }
        return differences;
    }
}
