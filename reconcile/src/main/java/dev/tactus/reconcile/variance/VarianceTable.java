package dev.tactus.reconcile.variance;

import static dev.tactus.reconcile.join.WorkbenchRelation.table;
import static dev.tactus.reconcile.join.WorkbenchRelation.view;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.VarianceDecision;
import dev.tactus.ledger.royalty.VarianceFigures;
import dev.tactus.ledger.royalty.VarianceKey;
import dev.tactus.reconcile.ReconciliationStatus;
import dev.tactus.reconcile.UtcMinute;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.join.WorkbenchRelation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A workbench whose view `variance` has the rows of a source's period whose two sides differ, each with the decision
/// in force about it.
public final class VarianceTable {
    private static final List<ReconciliationStatus> DIFFERING =
            List.of(ReconciliationStatus.VARIANCE, ReconciliationStatus.NOT_REPORTED);

    private static final WorkbenchRelation DECISION = table(
            "decision",
            "isrc VARCHAR, territory VARCHAR, usage_type VARCHAR, id VARCHAR, verdict VARCHAR, api_count BIGINT,"
                    + " report_count BIGINT, revenues VARCHAR, comment VARCHAR, decided_by VARCHAR,"
                    + " decided_at VARCHAR");

    /// The rows; the figures of the row as it is now.
    public static final WorkbenchRelation VARIANCE = view(
            "variance",
            "isrc VARCHAR, territory VARCHAR, usage_type VARCHAR, title VARCHAR, artists VARCHAR, status VARCHAR,"
                    + " api_count BIGINT, report_count BIGINT, money VARCHAR, explanation VARCHAR, payable_count BIGINT,"
                    + " finality VARCHAR, state VARCHAR, id VARCHAR, comment VARCHAR, decided_by VARCHAR,"
                    + " decided_at VARCHAR");

    private final Workbench bench;
    private final PeriodParts parts;
    private final Map<String, VarianceDecision> decisions = new LinkedHashMap<>();

    private VarianceTable(Workbench bench, PeriodParts parts, List<VarianceDecision> decisions) {
        this.bench = bench;
        this.parts = parts;
        decisions.forEach(one -> this.decisions.put(one.id(), one));
    }

    /// Makes it.
    ///
    /// @param rows a relation with the columns of `reconciled`
    /// @param everyRow whether rows that are no variance are meant, too, unless both sides agree
    public static VarianceTable make(Workbench bench, Ledger ledger, PeriodParts parts, String rows, boolean everyRow) {
        List<VarianceDecision> decisions = ledger.varianceDecisions()
                .inForce(parts.source(), parts.period().from(), parts.period().to());
        DECISION.make(bench, decisions.stream().map(VarianceTable::row).toList());
        List<String> statuses = Arrays.stream(ReconciliationStatus.values())
                .filter(status -> everyRow ? status != ReconciliationStatus.AGREED : DIFFERING.contains(status))
                .map(ReconciliationStatus::label)
                .toList();
        VARIANCE.make(
                bench,
                SqlResource.of(VarianceTable.class, "variance")
                        .insert("rows", rows)
                        .with("differing", statuses)
                        .text());
        return new VarianceTable(bench, parts, decisions);
    }

    private static List<@Nullable Object> row(VarianceDecision one) {
        return Arrays.asList(
                one.key().isrc(),
                one.key().territory(),
                one.key().usageType(),
                one.id(),
                one.verdict().label(),
                one.figures().apiCount().orElse(null),
                one.figures().reportCount().orElse(null),
                one.figures().revenues(),
                one.comment(),
                one.by(),
                UtcMinute.of(one.at()));
    }

    /// The view, for a FROM clause.
    public String relation() {
        return VARIANCE.name();
    }

    /// The rows that are meant, those with the largest differences first.
    public List<Variance> list(VarianceFilter filter, long most) {
        return QueryRows.list(
                bench,
                SqlResource.of(VarianceTable.class, "variances")
                        .with("isrc", filter.isrc().orElse(""))
                        .with("territory", filter.territory().orElse(""))
                        .with("usage_type", filter.usageType().orElse(""))
                        .with(
                                "states",
                                filter.states().stream()
                                        .map(VarianceState::label)
                                        .sorted()
                                        .toList())
                        .with("most", most)
                        .text(),
                this::variance);
    }

    /// How many there are, and where they stand.
    public VarianceCounts counts() {
        Map<VarianceState, Long> states = new EnumMap<>(VarianceState.class);
        List<Long> provisional = QueryRows.list(
                bench, SqlResource.of(VarianceTable.class, "counts").text(), row -> {
                    VarianceState state = state(row.getFirst());
                    states.put(state, QueryRows.number(row.get(1)));
                    return state == VarianceState.ACCEPTED ? QueryRows.number(row.get(2)) : 0L;
                });
        return new VarianceCounts(
                states, provisional.stream().mapToLong(Long::longValue).sum());
    }

    private Variance variance(List<@Nullable Object> row) {
        return new Variance(
                new VarianceKey(
                        parts.source(),
                        parts.period().from(),
                        parts.period().to(),
                        String.valueOf(row.get(0)),
                        String.valueOf(row.get(1)),
                        String.valueOf(row.get(2))),
                text(row.get(3)),
                text(row.get(4)),
                text(row.get(5)).orElse(""),
                new VarianceFigures(
                        Optional.ofNullable(row.get(6)).map(QueryRows::number),
                        Optional.ofNullable(row.get(7)).map(QueryRows::number),
                        text(row.get(8)).orElse("")),
                text(row.get(9)).orElse("it is gone"),
                state(row.get(10)),
                text(row.get(11)).map(id -> Objects.requireNonNull(decisions.get(id))));
    }

    private static VarianceState state(@Nullable Object value) {
        return VarianceState.valueOf(String.valueOf(value).toUpperCase(Locale.ROOT));
    }

    private static Optional<String> text(@Nullable Object value) {
        return Optional.ofNullable(value).map(Object::toString);
    }
}
