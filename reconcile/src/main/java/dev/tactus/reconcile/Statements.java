package dev.tactus.reconcile;

import dev.tactus.lake.LakeTable;
import dev.tactus.lake.TablePart;
import dev.tactus.lake.Workbench;

/// The view `statement` of a workbench: the rows of sales reports under the names that the API's counts have.
///
/// Its source is the one a report's service belongs to, its ISRC the one a person matched where the report's own is
/// unknown, its territory `ZZ` where the report says none. Usage that a person said is not ours has no place in it.
final class Statements {
    private Statements() {}

    /// Makes it, from the sales of these files.
    static void make(Workbench bench, Services services, TablePart sales) {
        ServiceTable.make(bench, services, sales);
        String matches = bench.relation(TablePart.all(LakeTable.USAGE_MATCHES));
        bench.run("""
                CREATE VIEW statement AS
                SELECT s.report_id, coalesce(m.source, '') AS source,
                  CASE WHEN u.usage_key IS NULL THEN s.isrc ELSE u.isrc END AS isrc,
                  coalesce(s.territory, 'ZZ') AS territory, coalesce(s.usage_type, 'other') AS usage_type,
                  s.usage_start, s.usage_end, s.quantity, s.currency, s.net_revenue
                FROM %s s
                LEFT JOIN service_source m ON m.service = s.service
                LEFT JOIN %s u ON u.usage_key = coalesce(s.isrc, s.usage_key)
                WHERE u.usage_key IS NULL OR u.isrc IS NOT NULL
                """.formatted(bench.relation(sales), matches));
    }
}
