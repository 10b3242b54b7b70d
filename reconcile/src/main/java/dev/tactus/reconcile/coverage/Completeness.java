package dev.tactus.reconcile.coverage;

import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.ReconciliationStatus;
import dev.tactus.reconcile.join.ReconciliationTotals;
import dev.tactus.reconcile.statements.StatementStatus;
import dev.tactus.reconcile.variance.VarianceCounts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Whether a period is complete enough to be closed.
///
/// @param reasons one sentence for each thing that is beyond the tolerance; none where it is complete
/// @param warnings one sentence for each thing that a person should look at, complete or not
public record Completeness(List<String> reasons, List<String> warnings) {
    /// Without copies that could change.
    public Completeness {
        reasons = List.copyOf(reasons);
        warnings = List.copyOf(warnings);
    }

    public boolean complete() {
        return reasons.isEmpty();
    }

    /// Judges a period by its coverage, its totals and the rules.
    ///
    /// @param variances what people have decided: what they have accepted is as good as final
    /// @param statements what is missing of them, and what is odd about them
    /// @param tolerance the operator's, which judges runs too: a sentence for each state of items that it exceeds
    public static Completeness judge(
            Period period,
            Instant now,
            Coverage coverage,
            ReconciliationTotals totals,
            ReconciliationRules rules,
            VarianceCounts variances,
            StatementStatus statements,
            Function<ItemCounts, List<String>> tolerance) {
        List<String> reasons = new ArrayList<>();
        if (!period.to().isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC))) {
            reasons.add("the period is not over: its last day is " + period.to() + " (UTC)");
        }
        reasons.addAll(tolerance.apply(counts(coverage)));
        if (coverage.uncovered().compareTo(rules.uncovered()) > 0) {
            reasons.add(
                    coverage.lastTotal() > 0
                            ? percent(coverage.uncovered())
                                    + " of the previous period's counts have no source now (limit "
                                    + percent(rules.uncovered()) + ")"
                            : percent(coverage.uncovered()) + " of the recording-days have no source (limit "
                                    + percent(rules.uncovered()) + ")");
        }
        notFinal(totals, rules, variances).ifPresent(reasons::add);
        if (rules.decisions() && variances.waiting() > 0) {
            reasons.add(variances.waiting() + (variances.waiting() == 1 ? " variance waits" : " variances wait")
                    + " for a decision; tactus variances list --waiting shows them");
        }
        reasons.addAll(statements.missing());
        return new Completeness(reasons, statements.warnings());
    }

    /// What nothing is payable for counts too where the API's word alone does not pay: its statement is missing as
    /// well.
    private static Optional<String> notFinal(
            ReconciliationTotals totals, ReconciliationRules rules, VarianceCounts variances) {
        ReconciliationTotals.Sums alone = totals.of(ReconciliationStatus.API_ONLY);
        long unpaid = alone.api() - alone.payable();
        long counted = totals.all().payable() + unpaid;
        if (counted <= 0) {
            return Optional.empty();
        }
        BigDecimal share = BigDecimal.valueOf(totals.all().provisional() - variances.acceptedProvisional() + unpaid)
                .divide(BigDecimal.valueOf(counted), MathContext.DECIMAL64);
        return share.compareTo(rules.provisional()) <= 0
                ? Optional.empty()
                : Optional.of(percent(share) + " of the counts are not final (limit " + percent(rules.provisional())
                        + "): no report covers them yet; import the missing statements");
    }

    /// The recordings' days in the terms in which runs are judged: what a report covers has fallen back.
    private static ItemCounts counts(Coverage coverage) {
        Map<ItemState, Long> states = new EnumMap<>(ItemState.class);
        for (ItemState state : ItemState.values()) {
            states.put(state, 0L);
        }
        states.put(ItemState.DEAD_LETTERED, of(coverage, CoverageGap.Reason.DEAD_LETTERED));
        states.put(ItemState.PARKED, of(coverage, CoverageGap.Reason.PARKED));
        states.put(ItemState.AWAITING_REPORT, of(coverage, CoverageGap.Reason.AWAITING_REPORT));
        states.put(ItemState.FELL_BACK, coverage.byReport());
        states.put(ItemState.LANDED, coverage.byApi());
        return new ItemCounts(coverage.recordingDays(), states);
    }

    private static long of(Coverage coverage, CoverageGap.Reason reason) {
        return coverage.byReason().getOrDefault(reason, 0L);
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2)
                        .setScale(2, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }
}
