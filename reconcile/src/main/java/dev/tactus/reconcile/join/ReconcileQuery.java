package dev.tactus.reconcile.join;

import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.reconcile.Finality;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.ReconciliationStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The full outer join of a source's API counts and report counts over a period, in a workbench: its view `joined` has
/// every column of `reconciled`.
///
/// A report's row counts when all its days lie in the period; one that reaches beyond is never prorated, but named in
/// what is left out and in the explanation of the rows it might have changed. Where a report knows only the world for a
/// recording, the API's territories are added up to the world, so that nothing is payable twice.
///
/// What it needs stands before in the workbench: `catalog` with the recordings that are ours, with titles; empty where
/// every recording counts as ours.
public final class ReconcileQuery {
    private static final String STREAM = SqlLiteral.text("stream");
    /// Shares in the rules have at most nine decimals.
    private static final long SHARE_UNITS = 1_000_000_000L;

    private final Workbench bench;
    private final ReconciliationRules rules;
    private final String source;
    private final Period period;
    private final String id;

    public ReconcileQuery(Workbench bench, ReconciliationRules rules, String source, Period period, String id) {
        this.bench = bench;
        this.rules = rules;
        this.source = source;
        this.period = period;
        this.id = id;
    }

    /// The sales that may matter to a period.
    public static TablePart sales(Period period) {
        return TablePart.sales(period.from(), period.to());
    }

    /// The API's days of a source and period.
    public static TablePart streams(String source, Period period) {
        return TablePart.days(LakeTable.DAILY_STREAMS, source, period.from(), period.to());
    }

    /// Makes the views of what is to be joined: `day_count`, `placed` and, of it, `counted`; [StatementView] are made
    /// before.
    public void look() {
        String ours = bench.number("SELECT count(*) FROM catalog") == 0 ? "true" : "isrc IN (SELECT isrc FROM catalog)";
        bench.run("CREATE OR REPLACE VIEW day_count AS SELECT isrc, territory, day, stream_count, run_id FROM "
                + bench.relation(streams(source, period)) + " WHERE source = " + SqlLiteral.text(source)
                + " AND day BETWEEN " + days());
        bench.run("""
                CREATE OR REPLACE VIEW placed AS
                SELECT *, CASE
                  WHEN NOT ours THEN 'not_ours'
                  WHEN NOT (usage_start >= %s AND usage_end <= %s) THEN 'outside_period'
                  WHEN isrc IS NULL THEN 'no_isrc'
                  WHEN NOT (%s) THEN 'not_in_catalog'
                  ELSE 'counted' END AS place
                FROM statement
                WHERE source = %s AND usage_start <= %s AND usage_end >= %s
                """.formatted(
                        SqlLiteral.day(period.from()),
                        SqlLiteral.day(period.to()),
                        ours,
                        SqlLiteral.text(source),
                        SqlLiteral.day(period.to()),
                        SqlLiteral.day(period.from())));
        bench.run("CREATE OR REPLACE VIEW counted AS SELECT * FROM placed WHERE place = 'counted'");
    }

    /// Makes `joined`, after [#look].
    public void make() {
        NameBitmap runs =
                NameBitmap.make(bench, "run_mark", QueryRows.texts(bench, "SELECT DISTINCT run_id FROM day_count"));
        NameBitmap reports =
                NameBitmap.make(bench, "report_mark", QueryRows.texts(bench, "SELECT DISTINCT report_id FROM counted"));
        api(runs);
        said(reports);
        world();
        bench.run("""
                CREATE OR REPLACE TABLE outside AS
                SELECT isrc, territory, usage_type, min(usage_start) AS f, max(usage_end) AS t
                FROM placed WHERE place = 'outside_period' AND isrc IS NOT NULL GROUP BY ALL
                """);
        runs.lists(bench, "api");
        reports.lists(bench, "said");
        join(runs, reports);
    }

    private void api(NameBitmap runs) {
        String counted = period.days() <= 60
                ? "CAST(bit_count(bit_or(CAST(1 AS BIGINT) << CAST(date_diff('day', " + SqlLiteral.day(period.from())
                        + ", d.day) AS INTEGER))) AS BIGINT)"
                : "CAST(count(DISTINCT d.day) AS BIGINT)";
        bench.run("""
                CREATE OR REPLACE TABLE api AS
                SELECT d.isrc, d.territory, %s AS usage_type, CAST(sum(d.stream_count) AS BIGINT) AS n, %s AS days, %s
                FROM day_count d LEFT JOIN run_mark m ON m.name = d.run_id
                GROUP BY d.isrc, d.territory
                """.formatted(STREAM, counted, runs.collected("m")));
    }

    private void said(NameBitmap reports) {
        // the least and the greatest of a group are numbers: for texts they would cost a state each
        bench.run(
                "CREATE OR REPLACE TABLE currency_number AS SELECT currency, CAST(row_number() OVER (ORDER BY currency)"
                        + " AS SMALLINT) AS n FROM (SELECT DISTINCT coalesce(currency, 'XXX') AS currency FROM counted)");
        bench.run("""
                CREATE OR REPLACE TABLE said AS
                SELECT s.isrc, s.territory, s.usage_type, CAST(sum(s.quantity) AS BIGINT) AS n,
                  min(s.usage_start) AS f, max(s.usage_end) AS t,
                  min(CASE WHEN s.net_revenue IS NOT NULL THEN y.n END) AS c,
                  max(CASE WHEN s.net_revenue IS NOT NULL THEN y.n END) AS c2,
                  CAST(sum(s.net_revenue) AS DECIMAL(38,18)) AS revenue, %s
                FROM counted s
                LEFT JOIN report_mark m ON m.name = s.report_id
                LEFT JOIN currency_number y ON y.currency = coalesce(s.currency, 'XXX')
                GROUP BY s.isrc, s.territory, s.usage_type
                """.formatted(reports.collected("m")));
        boolean none = bench.number("SELECT count(*) FROM (SELECT 1 FROM said WHERE c <> c2 LIMIT 1)") == 0;
        bench.run("""
                CREATE OR REPLACE TABLE several AS
                SELECT isrc, territory, usage_type,
                  list(struct_pack(currency := c, amount := revenue) ORDER BY c) AS revenues
                FROM (
                  SELECT isrc, territory, usage_type, coalesce(currency, 'XXX') AS c,
                    CAST(sum(net_revenue) AS DECIMAL(38,18)) AS revenue
                  FROM counted SEMI JOIN (SELECT isrc, territory, usage_type FROM said WHERE c <> c2) k
                    USING (isrc, territory, usage_type)
                  WHERE net_revenue IS NOT NULL %s GROUP BY ALL)
                GROUP BY ALL
                """.formatted(none ? "AND false" : ""));
    }

    /// Adds the API's territories up to the world where a report knows nothing finer.
    private void world() {
        boolean needed =
                bench.number("SELECT count(*) FROM (SELECT 1 FROM said WHERE territory = 'WW' AND usage_type = "
                                + STREAM + " LIMIT 1)")
                        > 0;
        if (!needed) {
            bench.run("CREATE OR REPLACE VIEW met AS SELECT *, false AS added_up FROM api");
            return;
        }
        String columns = QueryRows.texts(bench, "SELECT column_name FROM (DESCRIBE api)").stream()
                .filter(c -> c.startsWith("run_mark_"))
                .map(c -> "bit_or(" + c + ") AS " + c)
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
        bench.run("""
                CREATE OR REPLACE TABLE met AS
                WITH placed_api AS (
                  SELECT a.* REPLACE (CASE WHEN w.isrc IS NOT NULL AND own.isrc IS NULL THEN 'WW' ELSE a.territory END
                    AS territory)
                  FROM api a
                  LEFT JOIN (SELECT isrc FROM said WHERE territory = 'WW' AND usage_type = %1$s) w ON w.isrc = a.isrc
                  LEFT JOIN (SELECT isrc, territory FROM said WHERE usage_type = %1$s) own
                    ON own.isrc = a.isrc AND own.territory = a.territory)
                SELECT isrc, territory, usage_type, CAST(sum(n) AS BIGINT) AS n, max(days) AS days, %2$s,
                  territory = 'WW' AS added_up
                FROM placed_api GROUP BY isrc, territory, usage_type
                """.formatted(STREAM, columns));
    }

    private void join(NameBitmap runs, NameBitmap reports) {
        String relative = rules.relative()
                .multiply(BigDecimal.valueOf(SHARE_UNITS))
                .toBigIntegerExact()
                .toString();
        bench.run("""
                CREATE OR REPLACE VIEW joined AS
                WITH both_sides AS (
                  SELECT coalesce(a.isrc, r.isrc) AS isrc, coalesce(a.territory, r.territory) AS territory,
                    coalesce(a.usage_type, r.usage_type) AS usage_type, a.n AS api_count, r.n AS report_count,
                    r.n - a.n AS v, a.days AS days, coalesce(a.added_up, false) AS added_up, r.f, r.t, r.c, r.c2,
                    r.revenue, %1$s, %2$s,
                    CASE WHEN r.n IS NULL THEN 'api_only'
                      WHEN a.n IS NULL THEN 'report_only'
                      WHEN r.n = a.n THEN 'agreed'
                      WHEN abs(r.n - a.n) <= %3$d
                        OR CAST(abs(r.n - a.n) AS HUGEINT) * %4$d <= CAST(%5$s AS HUGEINT) * abs(a.n)
                        THEN 'within_tolerance'
                      ELSE 'variance' END AS status
                  FROM met a FULL JOIN said r
                    ON a.isrc = r.isrc AND a.territory = r.territory AND a.usage_type = r.usage_type)
                SELECT %6$s AS source, b.isrc, b.territory, b.usage_type, %7$s AS period,
                  b.api_count, b.report_count,
                  CAST(coalesce(b.report_count, %8$s) AS BIGINT) AS payable_count,
                  CASE WHEN b.report_count IS NULL THEN 'api' ELSE 'report' END AS basis,
                  CASE WHEN b.status IN (%9$s) THEN 'provisional' ELSE 'final' END AS finality,
                  CAST(b.v AS DECIMAL(38,18)) AS variance, b.status,
                  CASE WHEN b.c = b.c2 THEN y.currency END AS currency,
                  CASE WHEN b.c = b.c2 THEN b.revenue END AS report_revenue,
                  CASE WHEN b.api_count <> 0 THEN CAST(CAST(sign(b.v) * sign(b.api_count) * (
                      (CAST(abs(b.v) AS HUGEINT) * 2000000 + abs(b.api_count)) // (2 * CAST(abs(b.api_count) AS HUGEINT))
                    ) AS DECIMAL(32,0)) * CAST(0.000001 AS DECIMAL(6,6)) AS DECIMAL(38,18)) END AS variance_relative,
                  %10$s AS explanation, k.title, k.artists, b.days AS api_days, b.f AS report_from, b.t AS report_to,
                  CASE WHEN b.c IS NULL THEN []
                    WHEN b.c = b.c2 THEN [struct_pack(currency := y.currency, amount := b.revenue)]
                    ELSE s.revenues END AS revenues,
                  coalesce(rn.names, []) AS run_ids, coalesce(rp.names, []) AS report_ids,
                  CAST(%11$s AS BIGINT) AS api_snapshot_id, CAST(%12$s AS BIGINT) AS report_snapshot_id,
                  %13$s AS reconciliation_id
                FROM both_sides b
                LEFT JOIN catalog k ON k.isrc = b.isrc
                LEFT JOIN currency_number y ON y.n = b.c
                LEFT JOIN several s ON s.isrc = b.isrc AND s.territory = b.territory AND s.usage_type = b.usage_type
                LEFT JOIN outside o ON o.isrc = b.isrc AND o.territory = b.territory AND o.usage_type = b.usage_type
                %14$s
                %15$s
                """.formatted(
                        runs.columns("a"),
                        reports.columns("r"),
                        rules.absolute(),
                        SHARE_UNITS,
                        relative,
                        SqlLiteral.text(source),
                        SqlLiteral.text(period.label()),
                        rules.apiOnly() ? "b.api_count" : "0",
                        provisional(),
                        explanation(),
                        snapshot(LakeTable.DAILY_STREAMS),
                        snapshot(LakeTable.SALES),
                        SqlLiteral.text(id),
                        runs.join("rn", "b"),
                        reports.join("rp", "b")));
    }

    private String provisional() {
        List<String> statuses = new ArrayList<>(List.of(SqlLiteral.text(ReconciliationStatus.API_ONLY.label())));
        if (rules.variance() == Finality.PROVISIONAL) {
            statuses.add(SqlLiteral.text(ReconciliationStatus.VARIANCE.label()));
        }
        return String.join(", ", statuses);
    }

    /// One sentence a row: why this status, whose count is payable, how final; then what else is worth knowing.
    private String explanation() {
        String tolerance =
                rules.relative().movePointRight(2).stripTrailingZeros().toPlainString() + " % or "
                        + String.format(Locale.ROOT, "%,d", rules.absolute());
        String beyond = rules.variance() == Finality.FINAL
                ? "; the statement decides"
                : "; the report is payable provisionally, until somebody has looked";
        String without = rules.apiOnly()
                ? "; the API''s count stands in until there is one"
                : "; nothing is payable until there is one";
        return """
                CASE b.status
                    WHEN 'agreed' THEN 'API and report agree; the report is payable'
                    WHEN 'within_tolerance' THEN 'they differ within the tolerance of %1$s; the report is payable'
                    WHEN 'variance' THEN 'they differ beyond the tolerance of %1$s%2$s'
                    WHEN 'api_only' THEN 'no report has it%3$s'
                    ELSE 'the API gave no count; the report is payable' END
                  || CASE WHEN b.status IN ('within_tolerance', 'variance') AND NOT b.added_up AND b.days < %4$d
                    THEN '; the API counted on ' || b.days || ' of %4$d days' ELSE '' END
                  || CASE WHEN b.added_up THEN '; the API''s territories are added up, as the report knows only the world'
                    ELSE '' END
                  || CASE WHEN o.isrc IS NULL THEN '' ELSE '; a report''s row of ' || o.f || '..' || o.t
                    || ' reaches beyond the period and is left out whole' END
                """.formatted(tolerance, beyond, without, period.days()).strip();
    }

    private String snapshot(LakeTable table) {
        Optional<Long> snapshot = bench.snapshot(table);
        return snapshot.map(Object::toString).orElse("NULL");
    }

    private String days() {
        return SqlLiteral.day(period.from()) + " AND " + SqlLiteral.day(period.to());
    }
}
