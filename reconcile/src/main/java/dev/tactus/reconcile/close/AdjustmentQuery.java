package dev.tactus.reconcile.close;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.join.ReconcileQuery;
import dev.tactus.reconcile.join.SqlLiteral;
import dev.tactus.reconcile.join.StatementView;
import dev.tactus.reconcile.manifest.CloseManifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what closed periods would come to today, and makes the difference the adjustments of an open period.
///
/// A closed period is never written again. What it would be by today's reports and counts, by the rules it was closed
/// with, less what it was closed with, less what other periods have already adjusted, is counted in the open period:
/// closed + all adjustments = what would be today, for every recording, territory and kind of usage.
final class AdjustmentQuery {
    /// Of a workbench: the rows of the table `adjustments` for the open period.
    static final String TABLE = "adjusting";

    private final Ledger ledger;
    private final Lake lake;
    private final ServiceSources services;
    private final Workbench bench;

    AdjustmentQuery(Ledger ledger, Lake lake, ServiceSources services, Workbench bench) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
        this.bench = bench;
    }

    /// The closes of earlier periods that an open one may have to correct.
    static List<PeriodRecord> earlier(Ledger ledger, String source, Period open) {
        return ledger.periods().inForce(source).stream()
                .filter(close -> close.to().isBefore(open.from()))
                .toList();
    }

    /// What other periods have adjusted, as far as it tells one state from another.
    List<String> booked(String source, Period open) {
        return QueryRows.texts(
                bench,
                "SELECT DISTINCT corrects || ' ' || period || ' ' || reconciliation_id FROM "
                        + bench.relation(TablePart.source(LakeTable.ADJUSTMENTS, source))
                        + " WHERE source = " + SqlLiteral.text(source) + " AND period <> "
                        + SqlLiteral.text(open.label()) + " ORDER BY ALL");
    }

    /// Makes the table `adjusting`.
    ///
    /// @throws DoesNotAddUp if a close's manifest is damaged: nothing can be set against it
    void make(String source, Period open, String id) {
        bench.run("CREATE OR REPLACE TABLE " + TABLE + " AS SELECT * FROM "
                + bench.relation(TablePart.all(LakeTable.ADJUSTMENTS), Optional.empty()));
        for (PeriodRecord record : earlier(ledger, source, open)) {
            CloseManifest closed = CloseManifest.of(lake, record).orElseThrow(() -> CloseManifest.damaged(record));
            if (hasChanged(closed, source, open)) {
                correct(closed, source, open, id);
            }
        }
    }

    /// Whether its inputs are other files than then, or another catalog; and whatever was adjusted is looked at again.
    private boolean hasChanged(CloseManifest closed, String source, Period open) {
        Map<LakeTable, TablePart> parts = PeriodCloser.inputs(source, closed.period());
        boolean same = parts.entrySet().stream()
                .allMatch(part -> closed.files(part.getKey().label()).equals(bench.files(part.getValue())));
        boolean booked = booked(source, open).stream()
                .anyMatch(one -> one.startsWith(closed.period().label() + " "));
        return !same
                || booked
                || !closed.catalogHash().equals(ledger.recordings().hash().orElse(""));
    }

    private void correct(CloseManifest closed, String source, Period open, String id) {
        Period period = closed.period();
        StatementView.make(bench, services, ReconcileQuery.sales(period));
        ReconcileQuery joining = new ReconcileQuery(bench, closed.rules(), source, period, id);
        joining.look();
        joining.make();
        bench.run("CREATE OR REPLACE TABLE restated AS SELECT isrc, territory, usage_type, payable_count, basis,"
                + " explanation, title, artists, revenues, run_ids, report_ids FROM joined");
        Optional<Long> snapshot = Optional.ofNullable(lake.tagged(closed.tag()).get(LakeTable.RECONCILED));
        bench.run("CREATE OR REPLACE TABLE was AS SELECT * FROM "
                + bench.relation(Reconciler.reconciled(source, period), snapshot));
        bench.run("CREATE OR REPLACE TABLE booked AS SELECT * FROM "
                + bench.relation(TablePart.source(LakeTable.ADJUSTMENTS, source)) + " WHERE source = "
                + SqlLiteral.text(source) + " AND corrects = " + SqlLiteral.text(period.label()) + " AND period <> "
                + SqlLiteral.text(open.label()));
        money("was", "was_money");
        money("booked", "booked_money");
        money("restated", "now_money");
        bench.run("""
                CREATE OR REPLACE TABLE money_delta AS
                SELECT isrc, territory, usage_type,
                  list(struct_pack(currency := c, amount := a) ORDER BY c) AS revenues, count(*) AS currencies,
                  min(c) AS c, min(a) AS a
                FROM (
                  SELECT isrc, territory, usage_type, c, CAST(sum(a) AS DECIMAL(38,18)) AS a FROM (
                    SELECT * FROM now_money
                    UNION ALL SELECT isrc, territory, usage_type, c, -a FROM was_money
                    UNION ALL SELECT isrc, territory, usage_type, c, -a FROM booked_money)
                  GROUP BY ALL HAVING sum(a) <> 0)
                GROUP BY ALL
                """);
        bench.run("""
                CREATE OR REPLACE TABLE count_delta AS
                SELECT isrc, territory, usage_type, CAST(sum(w) AS BIGINT) AS closed, CAST(sum(b) AS BIGINT) AS booked,
                  CAST(sum(n) AS BIGINT) AS restated
                FROM (
                  SELECT isrc, territory, usage_type, payable_count AS w, 0 AS b, 0 AS n FROM was
                  UNION ALL SELECT isrc, territory, usage_type, 0, payable_count, 0 FROM booked
                  UNION ALL SELECT isrc, territory, usage_type, 0, 0, payable_count FROM restated)
                GROUP BY ALL
                """);
        bench.run("""
                INSERT INTO %1$s BY NAME
                SELECT %2$s AS source, d.isrc, d.territory, d.usage_type, %3$s AS corrects, %4$s AS period,
                  %5$s AS close_id, d.closed AS closed_count, d.booked AS booked_count, d.restated AS restated_count,
                  d.restated - d.closed - d.booked AS payable_count, coalesce(j.basis, 'report') AS basis,
                  CASE WHEN m.currencies = 1 THEN m.c END AS currency,
                  CASE WHEN m.currencies = 1 THEN m.a END AS report_revenue,
                  CASE WHEN j.isrc IS NULL THEN 'nobody counts it any more'
                    WHEN w.isrc IS NULL THEN 'nobody had counted it: ' || j.explanation
                    ELSE j.explanation END AS explanation,
                  coalesce(j.title, w.title) AS title, coalesce(j.artists, w.artists) AS artists,
                  coalesce(m.revenues, []) AS revenues, coalesce(j.run_ids, []) AS run_ids,
                  coalesce(j.report_ids, []) AS report_ids, %6$s AS reconciliation_id
                FROM count_delta d
                LEFT JOIN money_delta m USING (isrc, territory, usage_type)
                LEFT JOIN restated j USING (isrc, territory, usage_type)
                LEFT JOIN was w USING (isrc, territory, usage_type)
                WHERE d.restated - d.closed - d.booked <> 0 OR m.isrc IS NOT NULL
                """.formatted(
                        TABLE,
                        SqlLiteral.text(source),
                        SqlLiteral.text(period.label()),
                        SqlLiteral.text(open.label()),
                        SqlLiteral.text(closed.record().id()),
                        SqlLiteral.text(id)));
    }

    private void money(String from, String to) {
        bench.run("""
                CREATE OR REPLACE TABLE %2$s AS
                SELECT isrc, territory, usage_type, r.currency AS c, r.amount AS a
                FROM (SELECT isrc, territory, usage_type, unnest(revenues) AS r FROM %1$s)
                """.formatted(from, to));
    }
}
