package dev.tactus.reports.gate;

import dev.tactus.lake.sales.SalesBatch;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.ReportingPeriod;
import dev.tactus.reports.SenderName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What deliveries come to against what was paid for them. One payment may settle a statement that came in several
/// files: those of the same import, and those that are in the lake already, count together.
public final class PaymentCheck {
    private static final int NAMED = 5;

    /// A statement in the lake that is not what was remitted for it.
    ///
    /// @param reports whose rows count together
    public record PaymentDifference(List<Report> reports, String words) {
        public PaymentDifference {
            reports = List.copyOf(reports);
        }

        /// Whether somebody took one of them despite an objection.
        public boolean isAccepted() {
            return reports.stream().anyMatch(report -> report.accepted().isPresent());
        }
    }

    private final List<Payment> expected;
    private final Remittances remittances;
    private final Ledger ledger;

    /// @param expected what a person expects all files of this import to come to
    public PaymentCheck(List<Payment> expected, Remittances remittances, Ledger ledger) {
        this.expected = List.copyOf(expected);
        this.remittances = remittances;
        this.ledger = ledger;
    }

    /// What is not what was paid, by the id of the delivery.
    ///
    /// @param kept the deliveries that are about to become visible
    /// @param before reports of the same import that are in the lake already
    /// @param replaced reports whose place the deliveries take
    public Map<String, String> objections(
            List<Delivery> kept, Collection<Report> before, Set<String> replaced, SalesBatch batch) {
        Map<String, String> objections = new LinkedHashMap<>();
        unexpected(kept, before)
                .ifPresent(objection ->
                        kept.forEach(one -> objections.put(one.report().id(), objection)));
        if (!remittances.list().isEmpty()) {
            for (Delivery delivery : kept) {
                unpaid(delivery, kept, replaced, batch)
                        .ifPresent(objection ->
                                objections.merge(delivery.report().id(), objection, (a, b) -> a + "; " + b));
            }
        }
        return objections;
    }

    /// Whether anybody says what was paid.
    public boolean isAsked() {
        return !expected.isEmpty() || !remittances.list().isEmpty();
    }

    /// What of reports that are in the lake is not what was paid.
    ///
    /// @param all whether these are all files of the import, so that they are what is expected
    /// @return by the id of the report
    public Map<String, String> objections(Collection<Report> known, boolean all, SalesBatch batch) {
        Map<String, String> objections = new LinkedHashMap<>();
        if (all) {
            unexpectedInLake(known, batch)
                    .ifPresent(words -> known.forEach(report -> objections.put(report.id(), words)));
        }
        for (PaymentDifference difference : differences(batch)) {
            known.stream()
                    .filter(report -> !difference.isAccepted()
                            && difference.reports().stream()
                                    .anyMatch(one -> one.id().equals(report.id())))
                    .forEach(report -> objections.merge(report.id(), difference.words(), (a, b) -> a + "; " + b));
        }
        return objections;
    }

    private Optional<String> unexpectedInLake(Collection<Report> known, SalesBatch batch) {
        SortedMap<String, BigDecimal> deducted =
                batch.deducted(known.stream().map(Report::id).toList());
        List<String> differences = new ArrayList<>();
        for (Payment payment : expected) {
            BigDecimal landed = BigDecimal.ZERO;
            BigDecimal rejected = BigDecimal.ZERO;
            for (Report report : known) {
                landed = landed.add(landed(report, payment.currency()));
                rejected = rejected.add(rejected(report, payment.currency()));
            }
            if (!isPaidBy(payment, landed, rejected, deducted.getOrDefault(payment.currency(), BigDecimal.ZERO))) {
                differences.add(difference(rowsOf(List.of(), known), payment, landed, rejected, "is expected"));
            }
        }
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
    }

    private static BigDecimal rejected(Report report, String currency) {
        return report.rejectedMoney().stream()
                .filter(total -> total.currency().equals(currency))
                .map(total -> total.amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// Which statements in the lake are not what was remitted for them: payments may have been written down, or
    /// corrected, after the import. A remittance for a statement that is not there is none.
    public List<PaymentDifference> differences(SalesBatch batch) {
        Map<String, List<Remittance>> paying = new LinkedHashMap<>();
        remittances
                .list()
                .forEach(one -> paying.computeIfAbsent(
                                SenderName.key(one.sender()) + " " + one.statement() + " "
                                        + one.payment().currency(),
                                _ -> new ArrayList<>())
                        .add(one));
        List<PaymentDifference> differences = new ArrayList<>();
        for (List<Remittance> several : paying.values()) {
            Remittance first = several.getFirst();
            Payment paid = several.stream()
                    .map(Remittance::payment)
                    .reduce(Payment::plus)
                    .orElseThrow();
            List<Report> paidTogether = new ArrayList<>();
            BigDecimal landed = BigDecimal.ZERO;
            BigDecimal rejected = BigDecimal.ZERO;
            BigDecimal deducted = BigDecimal.ZERO;
            for (Report report : inLake(first.sender(), List.of(), Set.of())) {
                Map<String, SortedMap<String, BigDecimal>> statements =
                        named(batch.statements(List.of(report.id())), report);
                if (statements.keySet().stream().anyMatch(first::paysFor)) {
                    landed = landed.add(sum(statements, first));
                    paidTogether.add(report);
                    if (statements.size() == 1) {
                        rejected = rejected.add(rejected(report, paid.currency()));
                        deducted = deducted.add(
                                batch.deducted(List.of(report.id())).getOrDefault(paid.currency(), BigDecimal.ZERO));
                    }
                }
            }
            if (!paidTogether.isEmpty() && !isPaidBy(paid, landed, rejected, deducted)) {
                String whose = paidTogether.size() == 1
                        ? "the rows of " + paidTogether.getFirst().name()
                        : rowsOf(List.of(), paidTogether);
                differences.add(new PaymentDifference(
                        paidTogether,
                        difference(
                                whose,
                                paid,
                                landed,
                                rejected,
                                "was remitted for " + first.sender() + " " + first.statement())));
            }
        }
        return differences;
    }

    /// What people should know of the comparison: which payment was compared with which statement, and what was not.
    ///
    /// @return by the id of the delivery
    public Map<String, List<String>> remarks(List<Delivery> kept, Collection<Report> before, SalesBatch batch) {
        Map<String, List<String>> remarks = new LinkedHashMap<>();
        if (kept.isEmpty()) {
            return remarks;
        }
        kept.forEach(one -> remarks.put(
                one.report().id(),
                remittances.list().isEmpty() ? new ArrayList<>() : compared(one, statements(one, batch))));
        List<String> first = remarks.computeIfAbsent(kept.getFirst().report().id(), _ -> new ArrayList<>());
        unexpectedCurrencies(kept, before).ifPresent(first::add);
        remittances.faults().forEach(fault -> first.add(fault + "; that remittance was compared with nothing"));
        unfit(kept, batch).ifPresent(first::add);
        return remarks;
    }

    private Optional<String> unexpectedCurrencies(List<Delivery> kept, Collection<Report> before) {
        SortedMap<String, BigDecimal> others = new TreeMap<>();
        Stream.concat(kept.stream().map(Delivery::report), before.stream())
                .flatMap(report -> report.totals().stream())
                .filter(total -> expected.stream()
                        .noneMatch(payment -> payment.currency().equals(total.currency())))
                .forEach(total -> others.merge(total.currency(), total.reported(), BigDecimal::add));
        return expected.isEmpty() || others.isEmpty()
                ? Optional.empty()
                : Optional.of("beside what is expected there is also " + money(others)
                        + ", which was compared with nothing: --expect once for each currency");
    }

    private List<String> compared(Delivery delivery, Map<String, SortedMap<String, BigDecimal>> statements) {
        String sender = delivery.report().sender();
        List<String> remarks = new ArrayList<>();
        new TreeMap<>(statements).forEach((statement, money) -> {
            List<Remittance> paying = remittances.list().stream()
                    .filter(one -> one.isOf(sender) && one.paysFor(statement))
                    .toList();
            if (paying.isEmpty()) {
                remarks.add("no remittance is for the statement " + statement + " of " + sender + " (" + money(money)
                        + "): it was compared with nothing");
                return;
            }
            remarks.add("the statement " + statement + " was compared with what was remitted: "
                    + paying.stream()
                            .map(one -> one.payment() + " for " + one.sender() + " " + one.statement())
                            .distinct()
                            .collect(Collectors.joining(", ")));
            SortedMap<String, BigDecimal> others = new TreeMap<>(money);
            paying.forEach(one -> others.remove(one.payment().currency()));
            if (!others.isEmpty()) {
                remarks.add("of the statement " + statement + ", " + money(others)
                        + " was compared with nothing: no remittance is in that currency");
            }
        });
        return remarks;
    }

    /// A payment that fits nothing pays for a statement that is missing, or its sender or period is written otherwise.
    private Optional<String> unfit(List<Delivery> kept, SalesBatch batch) {
        List<Report> reports = ledger.reports().list().stream()
                .filter(report -> report.state() == ReportState.IMPORTED)
                .toList();
        Map<String, Set<String>> known = new HashMap<>();
        List<String> unfit = remittances.list().stream()
                .filter(one ->
                        known.computeIfAbsent(one.sender(), sender -> known(sender, kept, reports, batch)).stream()
                                .noneMatch(one::paysFor))
                .map(one -> one.sender() + " " + one.statement() + " (" + one.payment() + ")")
                .toList();
        return unfit.isEmpty()
                ? Optional.empty()
                : Optional.of((unfit.size() == 1 ? "a remittance fits" : unfit.size() + " remittances fit")
                        + " no statement that is there: "
                        + unfit.stream().limit(NAMED).collect(Collectors.joining(", "))
                        + (unfit.size() > NAMED ? ", …" : "")
                        + ". The statement is missing, or the remittance's sender or period is written otherwise");
    }

    private static Set<String> known(String sender, List<Delivery> kept, List<Report> reports, SalesBatch batch) {
        Set<String> statements = new HashSet<>();
        kept.stream()
                .filter(one -> SenderName.same(one.report().sender(), sender))
                .forEach(one -> statements.addAll(statements(one, batch).keySet()));
        List<Report> its = reports.stream()
                .filter(report -> SenderName.same(report.sender(), sender))
                .toList();
        statements.addAll(
                batch.statements(its.stream().map(Report::id).toList()).keySet());
        its.forEach(report -> statements.addAll(
                named(new TreeMap<>(Map.of("", new TreeMap<>())), report).keySet()));
        return statements;
    }

    private static String money(SortedMap<String, BigDecimal> sums) {
        return sums.entrySet().stream()
                .map(sum -> plain(sum.getValue()) + " " + sum.getKey())
                .collect(Collectors.joining(" and "));
    }

    private Optional<String> unexpected(List<Delivery> kept, Collection<Report> before) {
        List<String> differences = new ArrayList<>();
        for (Payment payment : expected) {
            BigDecimal landed = kept.stream()
                    .map(delivery -> delivery.landed(payment.currency()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            for (Report report : before) {
                landed = landed.add(landed(report, payment.currency()));
            }
            BigDecimal rejected = kept.stream()
                    .map(delivery -> delivery.rejected(payment.currency()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal deducted = kept.stream()
                    .map(delivery -> delivery.deducted(payment.currency()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            if (!isPaidBy(payment, landed, rejected, deducted)) {
                differences.add(difference(rowsOf(kept, before), payment, landed, rejected, "is expected"));
            }
        }
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
    }

    /// A payment may be net of what the statement deducts in rows of its own, and may hold what was rejected.
    private static boolean isPaidBy(Payment payment, BigDecimal landed, BigDecimal rejected, BigDecimal deducted) {
        return payment.isPaidBy(landed)
                || payment.isPaidBy(landed.add(rejected))
                || payment.isPaidBy(landed.add(deducted))
                || payment.isPaidBy(landed.add(deducted).add(rejected));
    }

    private static BigDecimal landed(Report report, String currency) {
        return report.totals().stream()
                .filter(total -> total.currency().equals(currency))
                .map(total -> total.reported())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Optional<String> unpaid(Delivery delivery, List<Delivery> kept, Set<String> replaced, SalesBatch batch) {
        String sender = delivery.report().sender();
        Map<String, SortedMap<String, BigDecimal>> its = statements(delivery, batch);
        Map<String, List<Remittance>> paying = new LinkedHashMap<>();
        remittances.list().stream()
                .filter(one -> one.isOf(sender))
                .filter(one -> its.keySet().stream().anyMatch(one::paysFor))
                .forEach(one -> paying.computeIfAbsent(
                                one.statement() + " " + one.payment().currency(), _ -> new ArrayList<>())
                        .add(one));
        List<String> differences = new ArrayList<>();
        paying.values().forEach(several -> {
            Remittance first = several.getFirst();
            Payment paid = several.stream()
                    .map(Remittance::payment)
                    .reduce(Payment::plus)
                    .orElseThrow();
            List<Report> others = inLake(sender, kept, replaced);
            List<Report> paidTogether = new ArrayList<>();
            BigDecimal landed = BigDecimal.ZERO;
            for (Report other : others) {
                Map<String, SortedMap<String, BigDecimal>> statements =
                        named(batch.statements(List.of(other.id())), other);
                landed = landed.add(sum(statements, first));
                if (statements.keySet().stream().anyMatch(first::paysFor)) {
                    paidTogether.add(other);
                }
            }
            List<Delivery> together = new ArrayList<>();
            BigDecimal rejected = BigDecimal.ZERO;
            BigDecimal deducted = BigDecimal.ZERO;
            for (Delivery one : kept) {
                if (SenderName.same(one.report().sender(), sender)) {
                    Map<String, SortedMap<String, BigDecimal>> statements = statements(one, batch);
                    landed = landed.add(sum(statements, first));
                    if (statements.keySet().stream().anyMatch(first::paysFor)) {
                        together.add(one);
                    }
                    boolean alone = statements.size() == 1
                            && first.paysFor(statements.keySet().iterator().next());
                    rejected = rejected.add(alone ? one.rejected(paid.currency()) : BigDecimal.ZERO);
                    deducted = deducted.add(alone ? one.deducted(paid.currency()) : BigDecimal.ZERO);
                }
            }
            if (!isPaidBy(paid, landed, rejected, deducted)) {
                differences.add(difference(
                        rowsOf(together, paidTogether),
                        paid,
                        landed,
                        rejected,
                        "was remitted for " + sender + " " + first.statement()));
            }
        });
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
    }

    private List<Report> inLake(String sender, List<Delivery> kept, Set<String> replaced) {
        return ledger.reports().list().stream()
                .filter(report -> report.state() == ReportState.IMPORTED && !replaced.contains(report.id()))
                .filter(report -> SenderName.same(report.sender(), sender))
                .filter(report ->
                        kept.stream().noneMatch(one -> one.report().id().equals(report.id())))
                .toList();
    }

    /// Whose rows count together: a person who has one file before them would look for the difference in it.
    private static String rowsOf(List<Delivery> kept, Collection<Report> before) {
        List<String> files = Stream.concat(kept.stream().map(Delivery::report), before.stream())
                .map(Report::name)
                .toList();
        return files.size() == 1
                ? "its rows"
                : "the rows of " + files.size() + " files together ("
                        + files.stream().limit(NAMED).collect(Collectors.joining(", "))
                        + (files.size() > NAMED ? ", …)" : ")");
    }

    private static BigDecimal sum(Map<String, SortedMap<String, BigDecimal>> statements, Remittance paid) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, SortedMap<String, BigDecimal>> statement : statements.entrySet()) {
            if (paid.paysFor(statement.getKey())) {
                sum = sum.add(statement.getValue().getOrDefault(paid.payment().currency(), BigDecimal.ZERO));
            }
        }
        return sum;
    }

    private static Map<String, SortedMap<String, BigDecimal>> statements(Delivery delivery, SalesBatch batch) {
        return named(batch.statements(delivery.written()), delivery.report());
    }

    /// Rows that name no statement are of the one that goes by the days of the usage.
    private static Map<String, SortedMap<String, BigDecimal>> named(
            SortedMap<String, SortedMap<String, BigDecimal>> statements, Report report) {
        Map<String, SortedMap<String, BigDecimal>> named = new HashMap<>(statements);
        SortedMap<String, BigDecimal> nameless = named.remove("");
        if (nameless != null
                && report.usageStart().isPresent()
                && report.usageEnd().isPresent()) {
            named.put(
                    new ReportingPeriod(
                                    report.usageStart().get(), report.usageEnd().get())
                            .toString(),
                    nameless);
        }
        return named;
    }

    private static String difference(
            String whose, Payment payment, BigDecimal landed, BigDecimal rejected, String what) {
        BigDecimal stated = landed.add(rejected);
        return whose + " add up to " + plain(stated) + " " + payment.currency()
                + (rejected.signum() == 0 ? "" : " (" + plain(rejected) + " of it rejected)") + ", but " + payment + " "
                + what + ": a difference of " + plain(stated.subtract(payment.amount())) + " " + payment.currency();
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
