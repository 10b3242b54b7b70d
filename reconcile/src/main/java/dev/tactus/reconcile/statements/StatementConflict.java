package dev.tactus.reconcile.statements;

import dev.tactus.lake.query.Workbench;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.reconcile.join.QueryRows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Rows of a period that several senders report: what each says is payable, together.
///
/// @param senders sorted
/// @param units of all of them
public record StatementConflict(List<String> senders, long rows, long units) {
    /// Those of rows with the columns of `reconciled`.
    public static List<StatementConflict> of(Workbench bench, Ledger ledger, String rows) {
        Map<String, Optional<String>> senders = new TreeMap<>();
        Map<String, StatementConflict> found = new TreeMap<>();
        QueryRows.list(
                bench,
                "SELECT array_to_string(report_ids, ' '), count(*), CAST(coalesce(sum(report_count), 0) AS BIGINT)"
                        + " FROM " + rows + " WHERE len(report_ids) > 1 GROUP BY 1",
                row -> {
                    TreeSet<String> who = new TreeSet<>();
                    Arrays.stream(String.valueOf(row.getFirst()).split(" ", -1))
                            .forEach(id -> senders.computeIfAbsent(
                                            id,
                                            one -> ledger.reports().find(one).map(Report::sender))
                                    .ifPresent(who::add));
                    if (who.size() > 1) {
                        found.merge(
                                String.join("|", who),
                                new StatementConflict(
                                        List.copyOf(who), QueryRows.number(row.get(1)), QueryRows.number(row.get(2))),
                                (a, b) -> new StatementConflict(a.senders, a.rows + b.rows, a.units + b.units));
                    }
                    return who;
                });
        return List.copyOf(found.values());
    }

    public String words() {
        return String.join(" and ", senders) + (senders.size() > 2 ? " all" : " both") + " report " + rows
                + (rows == 1 ? " row" : " rows") + " of this period (" + units
                + (units == 1 ? " play" : " plays")
                + " together): what each says is payable; look whether it is the same usage twice";
    }
}
