package dev.tactus.reconcile.statements;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.join.QueryRows;
import java.util.List;

/// Recordings and territories of a period whose usage reports tell by ranges of days that differ and have days in
/// common, such as a quarter and its months: all of them count.
///
/// @param sender of the one range
/// @param other sender of the other one; often the same
/// @param ranges the first two that have days in common
/// @param cells how many recordings, territories and kinds of usage there are
public record SharedDaysConflict(String sender, String other, String ranges, long cells) {
    /// Those of a source's period.
    public static List<SharedDaysConflict> of(Workbench bench, ServiceSources services, String source, Period period) {
        String sales = bench.relation(TablePart.sales(period.from(), period.to()));
        List<String> meant = ReportedServices.of(bench, sales, services, source);
        if (meant.isEmpty() || number(bench, "ranges", sales, meant, period) == 0) {
            return List.of();
        }
        return QueryRows.list(
                bench,
                sql("shared_days", sales, meant, period)
                        .insert("matches", bench.relation(TablePart.all(LakeTable.USAGE_MATCHES)))
                        .text(),
                row -> new SharedDaysConflict(
                        String.valueOf(row.get(0)),
                        String.valueOf(row.get(1)),
                        String.valueOf(row.get(2)),
                        QueryRows.number(row.get(3))));
    }

    /// Most periods have ranges that share no days: no row of them has to be compared.
    private static long number(Workbench bench, String name, String sales, List<String> services, Period period) {
        return QueryRows.list(bench, sql(name, sales, services, period).text(), row -> QueryRows.number(row.getFirst()))
                .getFirst();
    }

    private static SqlResource sql(String name, String sales, List<String> services, Period period) {
        return SqlResource.of(SharedDaysConflict.class, name)
                .insert("sales", sales)
                .with("services", services)
                .with("from", period.from())
                .with("to", period.to());
    }

    public String words() {
        return (sender.equals(other) ? sender + " reports " : sender + " and " + other + " report ") + cells
                + (cells == 1 ? " combination" : " combinations")
                + " of recording, territory and kind of usage by ranges that have days in common (" + ranges
                + "): all of it counts; look whether it is the same usage twice, and void the report that says it again"
                + " (tactus reports void)";
    }
}
