package dev.tactus.reconcile.join;

import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.reconcile.ServiceSources;

/// The view `statement` of a workbench: the rows of sales reports under the names that the API's counts have.
///
/// Its source is the one a report's service belongs to, its ISRC the one a person matched where the report's own is
/// unknown, its territory `ZZ` where the report says none. `ours` is false where a person said that it is not.
public final class StatementView {
    private StatementView() {}

    /// Makes it, from the sales of these files.
    public static void make(Workbench bench, ServiceSources services, TablePart sales) {
        ServiceTable.make(bench, services, sales);
        String matches = bench.relation(TablePart.all(LakeTable.USAGE_MATCHES));
        boolean matched = bench.number("SELECT count(*) FROM " + matches) > 0;
        // a join that finds nothing would still read two columns of every row
        String join = matched ? "LEFT JOIN " + matches + " u ON u.usage_key = coalesce(s.isrc, s.usage_key)" : "";
        bench.run("""
                CREATE OR REPLACE VIEW statement AS
                SELECT s.report_id, coalesce(m.source, '') AS source, %s AS isrc, %s AS ours,
                  coalesce(s.territory, 'ZZ') AS territory, coalesce(s.usage_type, 'other') AS usage_type,
                  s.usage_start, s.usage_end, coalesce(s.quantity, 0) AS quantity, s.currency, s.net_revenue
                FROM %s s LEFT JOIN service_source m ON m.service = s.service %s
                """.formatted(
                        matched ? "CASE WHEN u.usage_key IS NULL THEN s.isrc ELSE u.isrc END" : "s.isrc",
                        matched ? "(u.usage_key IS NULL OR u.isrc IS NOT NULL)" : "true",
                        bench.relation(sales),
                        join));
    }
}
