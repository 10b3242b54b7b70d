package dev.tactus.reports.delivery;

import dev.tactus.lake.Lake;
import dev.tactus.lake.sales.PreparedSales;
import dev.tactus.lake.sales.SalesBatch;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.SenderName;
import dev.tactus.reports.delivery.DeliveredFile.Candidate;
import dev.tactus.reports.delivery.RedeliveryCheck.RedeliveryFinding;
import dev.tactus.reports.gate.Delivery;
import dev.tactus.reports.gate.DeliveryGate;
import dev.tactus.reports.gate.DeliveryGate.GateFinding;
import dev.tactus.reports.gate.PaymentCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files of one import: each has its own verdict, and what is taken becomes visible in one commit at the end.
///
/// Where a file claims what one before it in the same import claims, that one becomes visible first, so that it can be
/// replaced on the record. Closing gives up what is not committed.
final class ImportBatch implements AutoCloseable {
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
    private final SharedDaysCheck sharedDays;
    private final List<Report> visible = new ArrayList<>();
    /// What came in that was not known: their payments are compared with all of the same statement.
    private final List<Report> fresh = new ArrayList<>();
    /// By the id of the report, what became of those that stand.
    private final Map<String, ImportOutcome> done = new HashMap<>();

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
        this.sharedDays = new SharedDaysCheck(ledger, sales);
        this.options = options;
        this.gate = gate;
        this.payments = payments;
        this.closed = closed;
        this.ending = ending;
        this.listener = listener;
    }

    /// A file, or a part of one, that is not taken.
    void tell(ImportOutcome outcome) {
        if (outcome instanceof ImportOutcome.Known known && known.report().state() == ReportState.IMPORTED) {
            visible.add(known.report());
        }
        if (waiting.isEmpty() && !payments.isAsked()) {
            listener.accept(outcome);
        } else {
            waiting.add(_ -> outcome);
        }
    }

    /// The same of a part.
    void tell(ImportOutcome outcome, DeliveredFile file) {
        if (outcome instanceof ImportOutcome.Known known && known.report().state() == ReportState.IMPORTED) {
            visible.add(known.report());
        }
        file.tell(outcome);
    }

    /// Whether a report before it has the same content; its verdict is then this one's.
    boolean holds(String name, String sha256, DeliveredFile file) {
        Optional<Report> same = Stream.concat(candidates.stream(), file.candidates().stream())
                .map(Candidate::report)
                .filter(report -> report.sha256().equals(sha256))
                .findFirst();
        same.ifPresent(report -> file.tell(done -> switch (Objects.requireNonNull(done.get(report.id()))) {
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
    boolean uses(String id, DeliveredFile file) {
        return file.ids().contains(id)
                || candidates.stream().anyMatch(one -> one.report().id().equals(id));
    }

    /// A report of a file that was read to its end: taken with the whole file, or refused.
    ///
    /// @throws BadReport if only a person can tell what becomes of it
    void take(Delivery delivery, DeliveredFile file) {
        Report fresh = delivery.report();
        Set<String> siblings = file.ids();
        ReplacementCheck replacements = new ReplacementCheck(ledger, sales);
        if (replacements.overlapsKept(
                fresh,
                siblings,
                delivery.written(),
                candidates.stream().map(Candidate::report).toList())) {
            commitBefore(file);
        }
        ReplacementCheck.ReplacementDecision decision =
                replacements.decide(fresh, siblings, delivery.written(), options);
        RedeliveryFinding again = redelivery.find(
                delivery,
                siblings,
                decision.replaces(),
                Stream.concat(candidates.stream(), file.candidates().stream())
                        .map(Candidate::delivery)
                        .toList());
        RedeliveryFinding days = sharedDays.find(
                delivery,
                decision.replaces(),
                Stream.concat(candidates.stream(), file.candidates().stream())
                        .map(Candidate::report)
                        .toList());
        GateFinding finding = gate.judge(delivery, sales, decision.replaces())
                .and(again.objections(), again.warnings(), again.change())
                .and(days.objections(), days.warnings(), days.change());
        Report report = fresh.replacing(decision.replaces());
        if (!finding.objections().isEmpty() && options.accept().isEmpty()) {
            List<String> objections =
                    new ArrayList<>(delivery.statistics().controlTotals().differences());
            objections.addAll(finding.objections());
            delivery.written().close();
            file.tell(ImportVerdicts.refused(report, objections, finding));
            return;
        }
        sales.keep(delivery.written());
        file.take(new Candidate(
                new Delivery(report, delivery.statistics(), delivery.written()),
                decision,
                finding,
                new ArrayList<>(finding.objections()),
                file));
    }

    /// All of a file was read: its reports are taken together, or none of them is.
    void finish(DeliveredFile file) {
        Map<String, List<String>> differences = file.differences();
        boolean refusing = !differences.isEmpty() && options.accept().isEmpty();
        Optional<String> first = file.refusedPart()
                .or(() -> file.candidates().stream()
                        .filter(one ->
                                refusing && differences.containsKey(one.report().id()))
                        .map(one -> one.report().name())
                        .findFirst());
        if (first.isPresent()) {
            for (Candidate candidate : file.candidates()) {
                sales.drop(candidate.delivery().written());
                List<String> own = differences.getOrDefault(candidate.report().id(), List.of());
                done.put(
                        candidate.report().id(),
                        refusing && !own.isEmpty()
                                ? ImportVerdicts.refused(candidate.report(), own, candidate.finding())
                                : ImportVerdicts.withTheRest(candidate, first.get()));
            }
        } else {
            for (Candidate candidate : file.candidates()) {
                fresh.add(candidate.report());
                candidate
                        .objections()
                        .addAll(0, differences.getOrDefault(candidate.report().id(), List.of()));
                candidates.add(candidate);
            }
        }
        if (waiting.isEmpty() && candidates.isEmpty() && !payments.isAsked()) {
            file.verdicts().forEach(verdict -> listener.accept(verdict.apply(done)));
        } else {
            waiting.addAll(file.verdicts());
        }
    }

    /// Makes visible what came in before a file that is still read.
    private void commitBefore(DeliveredFile file) {
        List<PreparedSales> unfinished =
                file.candidates().stream().map(one -> one.delivery().written()).toList();
        unfinished.forEach(sales::release);
        commit();
        unfinished.forEach(sales::keep);
    }

    /// More that is accepted of a report.
    void object(String id, String objection, DeliveredFile file) {
        file.candidates().stream()
                .filter(one -> one.report().id().equals(id))
                .forEach(one -> one.objections().add(objection));
    }

    /// More to tell of a report that is taken.
    void note(String id, Map<String, Long> notes) {
        moreNotes.put(id, notes);
    }

    /// Makes visible what is taken and tells of it.
    void commit() {
        done.putAll(unpaid());
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
        List<ImportOutcome> outcomes =
                waiting.stream().map(outcome -> outcome.apply(done)).toList();
        waiting.clear();
        Map<String, String> unpaidBefore = unpaidBefore(outcomes);
        outcomes.forEach(outcome -> listener.accept(
                outcome instanceof ImportOutcome.Known known
                                && unpaidBefore.containsKey(known.report().id())
                        ? ImportVerdicts.unpaid(
                                known,
                                Objects.requireNonNull(
                                        unpaidBefore.get(known.report().id())))
                        : outcome));
    }

    /// Known files that are not what was paid: they stay where they are, and somebody has to hear of it.
    private Map<String, String> unpaidBefore(List<ImportOutcome> outcomes) {
        if (!payments.isAsked() || options.accept().isPresent()) {
            return Map.of();
        }
        List<Report> known = outcomes.stream()
                .filter(ImportOutcome.Known.class::isInstance)
                .map(outcome -> ((ImportOutcome.Known) outcome).report())
                .filter(report -> report.state() == ReportState.IMPORTED)
                .filter(report -> fresh.stream().noneMatch(one -> SenderName.same(one.sender(), report.sender())))
                .distinct()
                .toList();
        return known.isEmpty() ? Map.of() : payments.objections(known, fresh.isEmpty(), sales);
    }

    private ImportOutcome imported(Candidate candidate, Report landed, Map<String, List<String>> remarks) {
        return ImportVerdicts.imported(
                candidate,
                landed,
                moreNotes.getOrDefault(landed.id(), Map.of()),
                remarks.getOrDefault(landed.id(), List.of()),
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
        Map<String, ImportOutcome> unpaid = new HashMap<>();
        Map<String, String> objections =
                payments.objections(candidates.stream().map(Candidate::delivery).toList(), visible, replaced(), sales);
        Map<DeliveredFile, String> firsts = new HashMap<>();
        candidates.stream()
                .filter(one -> options.accept().isEmpty()
                        && objections.containsKey(one.report().id()))
                .forEach(one -> firsts.putIfAbsent(one.file(), one.report().name()));
        for (Candidate candidate : List.copyOf(candidates)) {
            Report report = candidate.report();
            Optional<String> objection = Optional.ofNullable(objections.get(report.id()));
            if (firsts.containsKey(candidate.file())) {
                candidates.remove(candidate);
                sales.drop(candidate.delivery().written());
                unpaid.put(
                        report.id(),
                        objection
                                .map(words -> ImportVerdicts.refused(report, List.of(words), candidate.finding()))
                                .orElseGet(() -> ImportVerdicts.withTheRest(
                                        candidate, Objects.requireNonNull(firsts.get(candidate.file())))));
            } else {
                objection.ifPresent(candidate.objections()::add);
            }
        }
        return unpaid;
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
