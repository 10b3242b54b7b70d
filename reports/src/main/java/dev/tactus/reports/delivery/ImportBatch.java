package dev.tactus.reports.delivery;

import dev.tactus.lake.Lake;
import dev.tactus.lake.sales.SalesBatch;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.delivery.RedeliveryCheck.RedeliveryFinding;
import dev.tactus.reports.gate.Delivery;
import dev.tactus.reports.gate.DeliveryGate;
import dev.tactus.reports.gate.DeliveryGate.GateFinding;
import dev.tactus.reports.gate.PaymentCheck;
import dev.tactus.reports.rows.ImportStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files of one import: each has its own verdict, and what is taken becomes visible in one commit at the end.
///
/// Where a file claims what one before it in the same import claims, that one becomes visible first, so that it can be
/// replaced on the record. Closing gives up what is not committed.
final class ImportBatch implements AutoCloseable {
    /// A file that may become visible.
    ///
    /// @param objections what was accepted of it so far
    private record Candidate(
            Delivery delivery,
            ReplacementCheck.ReplacementDecision decision,
            GateFinding finding,
            List<String> objections) {}

    /// What becomes of what is taken.
    enum Ending {
        /// It becomes visible.
        COMMITTED,
        /// It was only looked at.
        GIVEN_UP
    }

    private final Ledger ledger;
    private final Lake lake;
    private final SalesBatch sales;
    private final ImportOptions options;
    private final DeliveryGate gate;
    private final PaymentCheck payments;
    private final ClosedPeriods closed;
    private final Ending ending;
    private final Consumer<ImportOutcome> listener;
    private final List<Candidate> candidates = new ArrayList<>();
    /// In the order of the files: what becomes of each, given what became of the candidates by id.
    private final List<Function<Map<String, ImportOutcome>, ImportOutcome>> waiting = new ArrayList<>();

    private RedeliveryCheck redelivery;
    private final List<Report> visible = new ArrayList<>();
    private final Map<String, Map<String, Long>> moreNotes = new HashMap<>();

    ImportBatch(
            Ledger ledger,
            Lake lake,
            ImportOptions options,
            DeliveryGate gate,
            PaymentCheck payments,
            ClosedPeriods closed,
            Ending ending,
            Consumer<ImportOutcome> listener) {
        this.ledger = ledger;
        this.lake = lake;
        this.sales = lake.sales().batch();
        this.redelivery = new RedeliveryCheck(ledger, sales);
        this.options = options;
        this.gate = gate;
        this.payments = payments;
        this.closed = closed;
        this.ending = ending;
        this.listener = listener;
    }

    /// A file that is not taken.
    void tell(ImportOutcome outcome) {
        if (outcome instanceof ImportOutcome.Known known && known.report().state() == ReportState.IMPORTED) {
            visible.add(known.report());
        }
        if (candidates.isEmpty()) {
            listener.accept(outcome);
        } else {
            waiting.add(_ -> outcome);
        }
    }

    /// Whether a file before it has the same content; its verdict is then this one's.
    boolean holds(String name, String sha256) {
        Optional<Report> same = candidates.stream()
                .map(one -> one.delivery().report())
                .filter(report -> report.sha256().equals(sha256))
                .findFirst();
        same.ifPresent(report -> waiting.add(done -> switch (Objects.requireNonNull(done.get(report.id()))) {
            case ImportOutcome.Imported imported -> new ImportOutcome.Known(name, imported.report());
            case ImportOutcome.Known known -> new ImportOutcome.Known(name, known.report());
            case ImportOutcome.Refused refused ->
                new ImportOutcome.Refused(
                        name,
                        name + ": the same content as " + refused.name() + ", which was refused",
                        refused.report(),
                        refused.change());
        }));
        return same.isPresent();
    }

    /// Whether a report that is about to become visible has this id.
    boolean uses(String id) {
        return candidates.stream().anyMatch(one -> one.delivery().report().id().equals(id));
    }

    /// A file that was read to its end: taken or refused.
    ///
    /// @param siblings ids of reports of the same workbook: they never take the place of one another
    /// @return whether it is taken
    /// @throws BadReport if only a person can tell what becomes of it
    boolean take(Delivery delivery, Set<String> siblings) {
        Report fresh = delivery.report();
        ReplacementCheck replacements = new ReplacementCheck(ledger, sales);
        if (replacements.overlapsKept(
                fresh,
                siblings,
                delivery.written(),
                candidates.stream().map(one -> one.delivery().report()).toList())) {
            commit();
        }
        ReplacementCheck.ReplacementDecision decision =
                replacements.decide(fresh, siblings, delivery.written(), options);
        RedeliveryFinding again = redelivery.find(
                delivery,
                siblings,
                decision.replaces(),
                candidates.stream().map(Candidate::delivery).toList());
        GateFinding finding = gate.judge(delivery, sales, decision.replaces())
                .and(again.objections(), again.warnings(), again.change());
        List<String> objections =
                new ArrayList<>(delivery.statistics().controlTotals().differences());
        boolean excused = delivery.statistics().controlTotals().excuse().isPresent();
        List<String> refusing = new ArrayList<>(excused ? List.of() : objections);
        refusing.addAll(finding.objections());
        objections.addAll(finding.objections());
        Report report = fresh.replacing(decision.replaces());
        if (!refusing.isEmpty() && options.accept().isEmpty()) {
            delivery.written().close();
            tell(refused(report, refusing, finding));
            return false;
        }
        sales.keep(delivery.written());
        candidates.add(new Candidate(
                new Delivery(report, delivery.statistics(), delivery.written()), decision, finding, objections));
        waiting.add(done -> Objects.requireNonNull(done.get(report.id())));
        return true;
    }

    /// More that is accepted of the file taken last.
    void object(String id, String objection) {
        candidates.stream()
                .filter(one -> one.delivery().report().id().equals(id))
                .forEach(one -> one.objections().add(objection));
    }

    /// More to tell of a file that is taken.
    void note(String id, Map<String, Long> notes) {
        moreNotes.put(id, notes);
    }

    private static ImportOutcome refused(Report report, List<String> objections, GateFinding finding) {
        return new ImportOutcome.Refused(
                report.name(),
                report.name() + ": " + String.join("; ", objections)
                        + ". Nothing was imported. Request the file again, or import it with --accept REASON",
                Optional.of(report),
                finding.change());
    }

    /// Makes visible what is taken and tells of it.
    void commit() {
        if (candidates.isEmpty()) {
            return;
        }
        Map<String, ImportOutcome> done = unpaid();
        Map<String, List<String>> remarks =
                payments.remarks(candidates.stream().map(Candidate::delivery).toList(), visible, sales);
        if (ending == Ending.GIVEN_UP) {
            for (Candidate candidate : candidates) {
                Report report = accepted(candidate);
                sales.drop(candidate.delivery().written());
                done.put(report.id(), imported(candidate, report, remarks));
            }
        } else if (!candidates.isEmpty()) {
            String label = candidates.getFirst().delivery().report().id();
            List<Report> reports = candidates.stream()
                    .map(one -> accepted(one).publishedAs(label))
                    .toList();
            reports.forEach(ledger.reports()::begin);
            try {
                sales.commit(label, replaced(), properties(reports));
            } catch (RuntimeException e) {
                new ImportRecovery(ledger, lake).run();
                throw e;
            }
            for (int i = 0; i < reports.size(); i++) {
                Report report = reports.get(i);
                ledger.reports()
                        .imported(report.id(), options.by(), report.accepted().orElse(""));
                Report landed = ledger.reports().find(report.id()).orElse(report);
                visible.add(landed);
                done.put(report.id(), imported(candidates.get(i), landed, remarks));
            }
        }
        candidates.clear();
        redelivery = new RedeliveryCheck(ledger, sales);
        waiting.forEach(outcome -> listener.accept(outcome.apply(done)));
        waiting.clear();
    }

    private ImportOutcome imported(Candidate candidate, Report landed, Map<String, List<String>> remarks) {
        ImportStatistics statistics = candidate.delivery().statistics();
        Map<String, Long> notes = new TreeMap<>(statistics.notes());
        notes.putAll(moreNotes.getOrDefault(landed.id(), Map.of()));
        return new ImportOutcome.Imported(
                landed.name(),
                landed,
                statistics.reasons(),
                notes,
                statistics.rejectedMoney().turnover(),
                statistics.controlTotals().compared(),
                statistics.deductions().byKind(),
                candidate.objections(),
                Stream.concat(
                                candidate.finding().warnings().stream(),
                                remarks.getOrDefault(landed.id(), List.of()).stream())
                        .toList(),
                candidate.finding().change(),
                candidate.decision().beside(),
                closed.of(landed));
    }

    private static Map<String, String> properties(List<Report> reports) {
        Report first = reports.getFirst();
        return reports.size() == 1
                ? Map.of("report_id", first.id(), "sha256", first.sha256(), "layout", first.layout())
                : Map.of("report_id", first.id(), "reports", Integer.toString(reports.size()));
    }

    /// Takes out those that are not what was paid for them.
    private Map<String, ImportOutcome> unpaid() {
        Map<String, ImportOutcome> refused = new HashMap<>();
        Map<String, String> objections =
                payments.objections(candidates.stream().map(Candidate::delivery).toList(), visible, replaced(), sales);
        for (Candidate candidate : List.copyOf(candidates)) {
            Report report = candidate.delivery().report();
            String objection = objections.get(report.id());
            if (objection == null) {
                continue;
            }
            if (options.accept().isPresent()) {
                candidate.objections().add(objection);
            } else {
                candidates.remove(candidate);
                sales.drop(candidate.delivery().written());
                refused.put(report.id(), refused(report, List.of(objection), candidate.finding()));
            }
        }
        return refused;
    }

    private Report accepted(Candidate candidate) {
        Report report = candidate.delivery().report();
        return candidate.objections().isEmpty() || options.accept().isEmpty()
                ? report
                : report.accepting(options.accept().get());
    }

    private Set<String> replaced() {
        return candidates.stream()
                .flatMap(one -> one.decision().replaces().stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Override
    public void close() {
        sales.close();
    }
}
