package dev.tactus.reconcile.variance;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.VarianceDecision;
import dev.tactus.ledger.royalty.VarianceVerdict;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.QueryRows;
import java.util.List;
import java.util.function.Function;

/// What people decide about the rows of a reconciled period: finds the rows that are meant, and notes the decision with
/// the figures that it was made on.
public final class VarianceReview {
    private final Ledger ledger;
    private final Lake lake;
    private final int megabytes;

    public VarianceReview(Ledger ledger, Lake lake, int megabytes) {
        this.ledger = ledger;
        this.lake = lake;
        this.megabytes = megabytes;
    }

    /// Whose usage of a period was reconciled.
    public List<String> sources(Period period) {
        try (Workbench bench = lake.workbench(megabytes)) {
            return QueryRows.texts(
                    bench,
                    SqlResource.of(VarianceReview.class, "sources")
                            .insert("reconciled", bench.relation(TablePart.all(LakeTable.RECONCILED)))
                            .with("period", period.label())
                            .text());
        }
    }

    /// The rows that are meant, those with the largest differences first.
    public List<Variance> list(String source, Period period, VarianceFilter filter, long most) {
        return ask(source, period, filter.isExact(), table -> table.list(filter, most));
    }

    /// How many there are, and where they stand.
    public VarianceCounts counts(String source, Period period) {
        return ask(source, period, false, VarianceTable::counts);
    }

    /// Decides about each row that is meant; returns what was decided.
    public List<VarianceDecision> decide(
            String source, Period period, VarianceFilter filter, VarianceVerdict verdict, String comment, String by) {
        List<Variance> meant = list(source, period, filter, Long.MAX_VALUE);
        return ledger.transaction(() -> meant.stream()
                .map(row -> ledger.varianceDecisions().decide(row.key(), verdict, row.figures(), comment, by))
                .toList());
    }

    private <T> T ask(String source, Period period, boolean everyRow, Function<VarianceTable, T> question) {
        try (Workbench bench = lake.workbench(megabytes)) {
            PeriodParts parts = new PeriodParts(source, period);
            return question.apply(
                    VarianceTable.make(bench, ledger, parts, bench.relation(parts.reconciled()), everyRow));
        }
    }
}
