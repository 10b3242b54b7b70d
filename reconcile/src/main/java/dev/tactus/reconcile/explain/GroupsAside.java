package dev.tactus.reconcile.explain;

import dev.tactus.music.identifiers.TerritoryGroups;
import dev.tactus.reconcile.explain.CellExplanation.StatementRow;
import dev.tactus.reconcile.explain.CellParts.Sale;
import dev.tactus.reconcile.join.GroupPrecedence;
import dev.tactus.reconcile.join.GroupPrecedence.Precedence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A recording's rows of one source and kind of usage, and which of them stand aside because their members have rows.
/// Immutable.
record GroupsAside(List<Sale> sales, Set<Precedence> precedences) {
    private static final String PLACE = "group_beside_members";

    static GroupsAside of(TerritoryGroups groups, List<Sale> sales) {
        return new GroupsAside(
                sales,
                Set.copyOf(GroupPrecedence.among(
                        groups, sales.stream().map(Sale::label).collect(Collectors.toSet()))));
    }

    /// The rows of a cell, and those that stand aside for them.
    List<StatementRow> rows(String territory) {
        List<StatementRow> rows = new ArrayList<>();
        for (Sale sale : sales) {
            List<Sale> members =
                    sales.stream().filter(other -> isAsideFor(sale, other)).toList();
            if (sale.territory().equals(territory)
                    || members.stream().anyMatch(member -> member.territory().equals(territory))) {
                rows.add(members.isEmpty() ? sale.row() : sale.row().leftOut(PLACE));
            }
        }
        return rows;
    }

    private boolean isAsideFor(Sale group, Sale member) {
        return group.row().counted()
                && member.row().counted()
                && precedences.contains(new Precedence(group.label(), member.label()))
                && !member.row().from().isAfter(group.row().to())
                && !member.row().to().isBefore(group.row().from())
                && (member.row().quantity() != 0
                        || member.row().revenue().orElse(BigDecimal.ZERO).signum() != 0);
    }
}
