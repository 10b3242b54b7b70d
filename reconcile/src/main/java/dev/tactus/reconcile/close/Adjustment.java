package dev.tactus.reconcile.close;

import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.TablePart;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.join.SqlLiteral;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What an open period corrects of one closed period, in sum.
///
/// @param corrects the closed period's name
/// @param closeId the close it corrects
/// @param rows rows of the table `adjustments`
/// @param count what has become payable more, or less
public record Adjustment(String corrects, String closeId, long rows, long count, List<Money> revenues) {
    /// Without copies that could change.
    public Adjustment {
        revenues = List.copyOf(revenues);
    }

    static List<Adjustment> of(Workbench bench, TablePart part, Optional<Long> snapshot) {
        String relation = bench.relation(part, snapshot);
        List<Adjustment> all = new ArrayList<>();
        QueryRows.list(
                bench,
                "SELECT corrects, close_id, count(*), CAST(sum(payable_count) AS BIGINT) FROM " + relation
                        + " GROUP BY 1, 2 ORDER BY 1, 2",
                row -> all.add(new Adjustment(
                        String.valueOf(row.get(0)),
                        String.valueOf(row.get(1)),
                        QueryRows.number(row.get(2)),
                        QueryRows.number(row.get(3)),
                        List.of())));
        return all.stream()
                .map(one -> one.with(revenues(bench, relation, one.closeId)))
                .toList();
    }

    private static List<Money> revenues(Workbench bench, String relation, String closeId) {
        return QueryRows.list(
                bench,
                "SELECT r.currency, CAST(sum(r.amount) AS DECIMAL(38,18)) FROM (SELECT unnest(revenues) AS r FROM "
                        + relation + " WHERE close_id = " + SqlLiteral.text(closeId) + ") GROUP BY 1 ORDER BY 1",
                row -> new Money(String.valueOf(row.get(0)), (BigDecimal) Objects.requireNonNull(row.get(1))));
    }

    private Adjustment with(List<Money> amounts) {
        return new Adjustment(corrects, closeId, rows, count, amounts);
    }
}
