package dev.tactus.reconcile.explain;

import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.explain.CellExplanation.StatementRow;
import dev.tactus.reconcile.explain.CellParts.Sale;
import dev.tactus.reconcile.join.GroupMeetings;
import dev.tactus.reconcile.join.JoinRelations;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.join.WorkbenchRelation;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A recording's rows of one source and kind of usage, and which of them stand aside because rows of their members, or
/// of their group, are payable. Immutable.
record GroupsAside(List<Sale> sales, List<Aside> aside) {
    private static final WorkbenchRelation ROWS = WorkbenchRelation.table(
            "explained_row",
            "isrc VARCHAR, usage_type VARCHAR, territory VARCHAR, territory_reported VARCHAR, usage_start DATE,"
                    + " usage_end DATE, quantity BIGINT, amount VARCHAR, place VARCHAR");

    private static final String COUNTED = "(SELECT *, CAST(amount AS DECIMAL(38,18)) AS net_revenue FROM " + ROWS + ")";

    /// What stands aside, and for the row of which territory.
    record Aside(String label, LocalDate from, LocalDate to, String payable, String place) {
        boolean isOf(Sale sale) {
            return sale.row().counted()
                    && label.equals(sale.label())
                    && from.equals(sale.row().from())
                    && to.equals(sale.row().to());
        }
    }

    /// @param version of the groups and of the rule
    static GroupsAside of(Workbench bench, int version, List<Sale> sales) {
        List<String> labels = sales.stream().map(Sale::label).distinct().toList();
        ROWS.make(
                bench,
                sales.stream()
                        .map(sale -> List.<@Nullable Object>of(
                                "",
                                "",
                                sale.territory(),
                                sale.label(),
                                sale.row().from(),
                                sale.row().to(),
                                sale.row().quantity(),
                                sale.row().revenue().orElse(BigDecimal.ZERO).toPlainString(),
                                sale.row().place()))
                        .toList());
        return new GroupsAside(
                sales,
                GroupMeetings.make(bench, version, labels, COUNTED)
                        ? QueryRows.list(
                                bench,
                                "SELECT label, usage_start, usage_end, member, place FROM "
                                        + JoinRelations.GROUP_MEETING,
                                row -> new Aside(
                                        String.valueOf(row.get(0)),
                                        (LocalDate) Objects.requireNonNull(row.get(1)),
                                        (LocalDate) Objects.requireNonNull(row.get(2)),
                                        String.valueOf(row.get(3)),
                                        String.valueOf(row.get(4))))
                        : List.of());
    }

    /// The rows of a cell, and those that stand aside for them.
    List<StatementRow> rows(String territory) {
        List<StatementRow> rows = new ArrayList<>();
        for (Sale sale : sales) {
            List<Aside> its = aside.stream().filter(one -> one.isOf(sale)).toList();
            if (sale.territory().equals(territory)
                    || its.stream().anyMatch(one -> one.payable().equals(territory))) {
                rows.add(
                        its.isEmpty()
                                ? sale.row()
                                : sale.row().leftOut(its.getFirst().place()));
            }
        }
        return rows;
    }
}
