package dev.tactus.reconcile.join;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ServiceSources;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A workbench whose view [JoinRelations#STATEMENT] has the sales of a period: the first step of a join.
///
/// One workbench has one such view; making it again, for another period, puts the new one in its place.
public final class StatementView {
    private final Workbench bench;
    private final Period period;

    private StatementView(Workbench bench, Period period) {
        this.bench = bench;
        this.period = period;
    }

    /// Makes it; a service that is no source stands for itself, folded.
    public static StatementView make(Workbench bench, ServiceSources services, Period period) {
        make(bench, services, PeriodParts.sales(period));
        return new StatementView(bench, period);
    }

    /// Makes it of the tables as they were.
    ///
    /// @param then the snapshots; a table without one had nothing
    static StatementView asOf(Workbench bench, ServiceSources services, Period period, Map<LakeTable, Long> then) {
        make(
                bench,
                services,
                bench.relation(PeriodParts.sales(period), Optional.ofNullable(then.get(LakeTable.SALES))),
                bench.relation(
                        TablePart.all(LakeTable.USAGE_MATCHES),
                        Optional.ofNullable(then.get(LakeTable.USAGE_MATCHES))));
        return new StatementView(bench, period);
    }

    /// Makes the view alone, from the sales of these files.
    public static void make(Workbench bench, ServiceSources services, TablePart part) {
        make(bench, services, bench.relation(part), bench.relation(TablePart.all(LakeTable.USAGE_MATCHES)));
    }

    private static void make(Workbench bench, ServiceSources services, String sales, String matches) {
        JoinRelations.SERVICE_SOURCE.make(
                bench,
                QueryRows.list(
                        bench,
                        "SELECT DISTINCT service FROM " + sales + " WHERE service IS NOT NULL",
                        row -> List.of(String.valueOf(row.getFirst()), services.name(String.valueOf(row.getFirst())))));
        // a join that finds nothing would still read two columns of every row
        SqlResource select = bench.number("SELECT count(*) FROM " + matches) > 0
                ? SqlResource.of(StatementView.class, "statement_matched").insert("matches", matches)
                : SqlResource.of(StatementView.class, "statement");
        JoinRelations.STATEMENT.make(bench, select.insert("sales", sales).text());
    }

    public Workbench bench() {
        return bench;
    }

    /// The days whose sales it has.
    public Period period() {
        return period;
    }

    /// Whose usage its rows are about.
    public List<String> sources() {
        return QueryRows.texts(
                bench,
                SqlResource.of(StatementView.class, "sources")
                        .with("from", period.from())
                        .with("to", period.to())
                        .text());
    }
}
