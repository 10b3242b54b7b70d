package dev.tactus.reconcile.join;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.Money;
import java.util.List;

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

    /// Reads them from a relation with the columns of `adjustments`.
    static List<Adjustment> of(Workbench bench, String relation) {
        return QueryRows.list(
                        bench,
                        "SELECT corrects, close_id, count(*), CAST(sum(payable_count) AS BIGINT) FROM " + relation
                                + " GROUP BY 1, 2 ORDER BY 1, 2",
                        row -> new Adjustment(
                                String.valueOf(row.get(0)),
                                String.valueOf(row.get(1)),
                                QueryRows.number(row.get(2)),
                                QueryRows.number(row.get(3)),
                                List.of()))
                .stream()
                .map(one -> one.with(QueryRows.amounts(
                        bench,
                        SqlResource.of(Adjustment.class, "adjusted_revenues")
                                .with("close_id", one.closeId)
                                .insert("adjustments", relation)
                                .text())))
                .toList();
    }

    private Adjustment with(List<Money> amounts) {
        return new Adjustment(corrects, closeId, rows, count, amounts);
    }
}
