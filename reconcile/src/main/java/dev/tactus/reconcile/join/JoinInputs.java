package dev.tactus.reconcile.join;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import java.util.List;

/// A workbench with the rows of a source and a period that are to be joined: [JoinRelations#API_DAY],
/// [JoinRelations#REPORT_ROW] and, of these, [JoinRelations#COUNTED_ROW].
///
/// A report's row counts when all its days lie in the period; one that reaches beyond is never prorated, but named in
/// what is left out and in the explanation of the rows it might have changed. Of a group of territories and its
/// members,
/// one side counts for the same usage.
public final class JoinInputs {
    private final Workbench bench;
    private final CatalogTable catalog;
    private final String source;
    private final Period period;

    private JoinInputs(Workbench bench, CatalogTable catalog, String source, Period period) {
        this.bench = bench;
        this.catalog = catalog;
        this.source = source;
        this.period = period;
    }

    /// Makes them for the period of the statements.
    ///
    /// @param groups the version of the groups of territories whose rows stand aside for their members'
    public static JoinInputs make(StatementView statements, CatalogTable catalog, String source, int groups) {
        JoinRelations.KEPT_CLAIM.makeEmpty(statements.bench());
        return keeping(statements, catalog, source, groups);
    }

    /// The same, but that what [JoinRelations#KEPT_CLAIM] says of groups and their members stays so.
    static JoinInputs keeping(StatementView statements, CatalogTable catalog, String source, int groups) {
        Workbench bench = statements.bench();
        Period period = statements.period();
        JoinRelations.API_DAY.make(
                bench,
                days("api_day", source, period)
                        .insert("streams", bench.relation(new PeriodParts(source, period).streams()))
                        .text());
        standAside(bench, groups, place(statements, catalog, source));
        JoinRelations.COUNTED_ROW.make(bench, "SELECT * FROM report_row WHERE place = 'counted'");
        refuseOverflow(bench, source, period);
        return new JoinInputs(bench, catalog, source, period);
    }

    /// Makes the rows that overlap the period, each with what becomes of it alone.
    ///
    /// @return the territories that occur, as reports name them
    static List<String> place(StatementView statements, CatalogTable catalog, String source) {
        JoinRelations.PLACED_ROW.make(
                statements.bench(),
                days("placed_row", source, statements.period())
                        .with("every_recording", catalog.everyRecording())
                        .text());
        return QueryRows.texts(
                statements.bench(), "SELECT DISTINCT coalesce(territory_reported, territory) FROM placed_row");
    }

    /// Leaves rows of groups out where their members have rows, too, or the other way round.
    private static void standAside(Workbench bench, int groups, List<String> labels) {
        if (!GroupMeetings.keeping(bench, groups, labels, JoinRelations.PLACED_ROW.name())) {
            JoinRelations.GROUP_ASIDE.makeEmpty(bench);
            JoinRelations.GROUP_BESIDE.makeEmpty(bench);
            JoinRelations.REPORT_ROW.make(bench, "SELECT * FROM " + JoinRelations.PLACED_ROW);
            return;
        }
        JoinRelations.GROUP_ASIDE.make(
                bench,
                "SELECT isrc, usage_type, label, usage_start, usage_end, min(place) AS place FROM "
                        + JoinRelations.GROUP_MEETING + " GROUP BY ALL");
        JoinRelations.GROUP_BESIDE.make(
                bench, SqlResource.of(JoinInputs.class, "group_beside").text());
        JoinRelations.REPORT_ROW.make(
                bench, SqlResource.of(JoinInputs.class, "report_row").text());
    }

    /// Counts that no sum can hold are a mistake in a report, such as an id in the column of units.
    private static void refuseOverflow(Workbench bench, String source, Period period) {
        List<String> reports = QueryRows.texts(
                bench, SqlResource.of(JoinInputs.class, "overflowing").text());
        if (!reports.isEmpty()) {
            throw new PeriodRefusal("the counts of " + source + " in " + period + " come to more than "
                    + Long.MAX_VALUE + ", which nothing can add up; the largest are in "
                    + String.join(", ", reports)
                    + ". Look at their column of units; tactus reports void REPORT takes one back");
        }
    }

    private static SqlResource days(String name, String source, Period period) {
        return SqlResource.of(JoinInputs.class, name)
                .with("source", source)
                .with("from", period.from())
                .with("to", period.to());
    }

    public Workbench bench() {
        return bench;
    }

    /// The recordings that count as the label's own.
    public CatalogTable catalog() {
        return catalog;
    }

    public String source() {
        return source;
    }

    public Period period() {
        return period;
    }

    /// What the reports hold that is not counted.
    public List<ExcludedUsage> excluded() {
        return QueryRows.list(
                bench, SqlResource.of(JoinInputs.class, "excluded").text(), ExcludedUsage::of);
    }
}
