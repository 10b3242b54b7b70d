package dev.tactus.reconcile.coverage;

import dev.tactus.lake.query.Workbench;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.AwaitedTerritory;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.items.SourceAnswer;
import dev.tactus.music.Dataset;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.join.ReconcileQuery;
import dev.tactus.reconcile.join.SqlLiteral;
import dev.tactus.reconcile.join.StatementView;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Finds out who tells of each recording on each day of a period: the ledger knows what the API answered, the workbench
/// what reports say.
///
/// Used after [ReconcileQuery#look], whose `counted` and `catalog` it reads.
public final class CoverageQuery {
    private final Workbench bench;
    private final Ledger ledger;
    private final ServiceSources services;
    private final String source;
    private final Period period;

    public CoverageQuery(Workbench bench, Ledger ledger, ServiceSources services, String source, Period period) {
        this.bench = bench;
        this.ledger = ledger;
        this.services = services;
        this.source = source;
        this.period = period;
    }

    public Coverage find() {
        awaited();
        lastPeriod();
        statements();
        bench.run("CREATE OR REPLACE TABLE answer (isrc VARCHAR, reason VARCHAR, run VARCHAR)");
        bench.run("CREATE OR REPLACE TABLE awaited_day (isrc VARCHAR, day DATE, territory VARCHAR)");
        bench.run(
                "CREATE OR REPLACE TABLE told_day (day DATE, reason VARCHAR, told BOOLEAN, silent BOOLEAN, n BIGINT)");
        bench.run("CREATE OR REPLACE TABLE bare_day (isrc VARCHAR, territory VARCHAR, reason VARCHAR, day DATE)");
        // a day at a time, so that a large catalog's long period needs no more memory than its day
        for (LocalDate day = period.from(); !day.isAfter(period.to()); day = day.plusDays(1)) {
            whole(day);
        }
        territories();
        return coverage();
    }

    /// Who tells of the recordings of which nothing landed on a day.
    private void whole(LocalDate day) {
        bench.run("DELETE FROM answer");
        List<SourceAnswer> answers = ledger.items().answers(source, Dataset.STREAMS, day);
        bench.fill("answer", () -> answers.stream().map(CoverageQuery::row).iterator());
        // what an earlier run awaits does not count where a later one has had an answer
        bench.run("INSERT INTO awaited_day SELECT DISTINCT a.isrc, a.day, a.territory FROM awaited_all a"
                + " JOIN answer n ON n.isrc = a.isrc AND n.run = a.run WHERE a.day = " + SqlLiteral.day(day)
                + " AND a.isrc IN (SELECT isrc FROM catalog)");
        bench.run("""
                CREATE OR REPLACE TABLE hole AS
                SELECT k.isrc, coalesce(a.reason, 'NEVER_ASKED') AS reason, s.isrc IS NOT NULL AS told,
                  c.isrc IS NULL AND (coalesce(a.reason, '') = 'NOT_FOUND'
                    OR (coalesce(a.reason, 'NEVER_ASKED') = 'NEVER_ASKED'
                      AND EXISTS (SELECT 1 FROM said_span WHERE %1$s BETWEEN f AND t))) AS silent
                FROM catalog k
                LEFT JOIN answer a ON a.isrc = k.isrc
                LEFT JOIN (SELECT DISTINCT isrc FROM said_day WHERE %1$s BETWEEN f AND t) s ON s.isrc = k.isrc
                LEFT JOIN last_isrc c ON c.isrc = k.isrc
                WHERE a.reason IS NULL OR a.reason <> 'LANDED'
                """.formatted(SqlLiteral.day(day)));
        bench.run("INSERT INTO told_day SELECT " + SqlLiteral.day(day)
                + ", reason, told, silent, count(*) FROM hole GROUP BY ALL");
        bench.run("INSERT INTO bare_day SELECT isrc, '*', reason, " + SqlLiteral.day(day)
                + " FROM hole WHERE NOT told AND NOT silent");
    }

    /// Who tells of the territories that failed where the rest landed, and of recordings that have to come by report.
    private void territories() {
        bench.run("""
                CREATE OR REPLACE TABLE said_in AS
                SELECT DISTINCT isrc, territory, usage_start AS f, usage_end AS t FROM counted
                WHERE usage_type = 'stream' AND isrc IN (SELECT isrc FROM awaited_day)
                """);
        bench.run("""
                CREATE OR REPLACE TABLE open_territory AS
                SELECT w.isrc, w.day, w.territory, EXISTS (
                    SELECT 1 FROM said_in s WHERE s.isrc = w.isrc AND w.day BETWEEN s.f AND s.t
                      AND (w.territory = '*' OR s.territory = w.territory OR s.territory = 'WW')) AS told
                FROM awaited_day w
                """);
        bench.run("INSERT INTO told_day SELECT day, 'AWAITING_REPORT', told, false, count(*) FROM ("
                + "SELECT isrc, day, bool_and(told) AS told FROM open_territory GROUP BY ALL) GROUP BY ALL");
        bench.run("INSERT INTO bare_day SELECT isrc, territory, 'AWAITING_REPORT', day FROM open_territory"
                + " WHERE NOT told");
    }

    /// Which recordings, and which days, statements tell of.
    private void statements() {
        bench.run("CREATE OR REPLACE TABLE said_day AS SELECT DISTINCT isrc, usage_start AS f, usage_end AS t"
                + " FROM counted WHERE usage_type = 'stream'");
        bench.run("CREATE OR REPLACE TABLE said_span AS SELECT DISTINCT f, t FROM said_day");
        bench.run("CREATE OR REPLACE TABLE last_isrc AS SELECT DISTINCT isrc FROM last_count");
    }

    private Coverage coverage() {
        long recordings = bench.number("SELECT count(*) FROM catalog");
        Map<LocalDate, Coverage.Day> days = new TreeMap<>();
        for (LocalDate day = period.from(); !day.isAfter(period.to()); day = day.plusDays(1)) {
            days.put(day, new Coverage.Day(day, recordings, 0, 0, 0));
        }
        QueryRows.list(bench, """
                SELECT day, CAST(coalesce(sum(n) FILTER (WHERE NOT told AND NOT silent), 0) AS BIGINT),
                  CAST(coalesce(sum(n) FILTER (WHERE told), 0) AS BIGINT),
                  CAST(coalesce(sum(n) FILTER (WHERE NOT told AND silent AND reason <> 'NOT_FOUND'), 0) AS BIGINT)
                FROM told_day GROUP BY day
                """, row -> {
            long without = QueryRows.number(row.get(1));
            long told = QueryRows.number(row.get(2));
            long silent = QueryRows.number(row.get(3));
            // the source has answered where it has no such recording
            LocalDate day = day(row.get(0));
            return days.put(day, new Coverage.Day(day, recordings - without - told - silent, told, silent, without));
        });
        Map<CoverageGap.Reason, Long> reasons = new EnumMap<>(CoverageGap.Reason.class);
        QueryRows.list(
                bench,
                "SELECT reason, CAST(sum(n) AS BIGINT) FROM told_day WHERE NOT told AND NOT silent GROUP BY reason",
                row -> reasons.put(
                        CoverageGap.Reason.valueOf(String.valueOf(row.get(0))), QueryRows.number(row.get(1))));
        gaps();
        return new Coverage(
                recordings * period.days(),
                sum(days, Coverage.Day::byApi),
                sum(days, Coverage.Day::byReport),
                sum(days, Coverage.Day::bySilence),
                sum(days, Coverage.Day::without),
                List.copyOf(days.values()),
                listed(),
                bench.number("SELECT count(*) FROM gap"),
                bench.number("SELECT coalesce(sum(n), 0) FROM last_count"),
                bench.number("SELECT coalesce(sum(last), 0) FROM gap"),
                reasons);
    }

    private static long sum(Map<LocalDate, Coverage.Day> days, ToLongFunction<Coverage.Day> part) {
        return days.values().stream().mapToLong(part).sum();
    }

    /// Gathers the days; a recording that nothing is known of is a gap in each territory it counted in before.
    private void gaps() {
        bench.run("""
                CREATE OR REPLACE TABLE gap AS
                WITH bare AS (
                  SELECT isrc, territory, reason, count(*) AS days, min(day) AS f, max(day) AS l
                  FROM bare_day GROUP BY ALL),
                placed AS (
                  SELECT b.isrc, coalesce(c.territory, b.territory) AS territory, b.reason, b.days, b.f, b.l,
                    coalesce(c.n, 0) AS n
                  FROM bare b LEFT JOIN last_count c
                    ON c.isrc = b.isrc AND (b.territory = '*' OR c.territory = b.territory))
                SELECT *, CAST((CAST(n AS HUGEINT) * least(days, %1$d)) // %1$d AS BIGINT) AS last FROM placed
                """.formatted(period.days()));
    }

    private List<CoverageGap> listed() {
        return QueryRows.list(
                bench,
                """
                SELECT g.isrc, k.title, g.territory, g.reason, g.days, g.f, g.l, g.last,
                  coalesce(array_to_string(list_transform(e.revenues, lambda r: r.c || ' ' || r.a), ' '), '')
                FROM gap g JOIN catalog k ON k.isrc = g.isrc
                LEFT JOIN (
                  SELECT isrc, territory, list(struct_pack(c := c, a := CAST(a AS VARCHAR)) ORDER BY c) AS revenues
                  FROM last_revenue GROUP BY ALL) e ON e.isrc = g.isrc AND e.territory = g.territory
                ORDER BY g.last DESC, g.n DESC, g.days DESC, g.isrc, g.territory, g.reason LIMIT %d
                """.formatted(Coverage.LISTED),
                row -> new CoverageGap(
                        String.valueOf(row.get(0)),
                        Optional.ofNullable(row.get(1)).map(String::valueOf),
                        String.valueOf(row.get(2)),
                        CoverageGap.Reason.valueOf(String.valueOf(row.get(3)).toUpperCase(Locale.ROOT)),
                        QueryRows.number(row.get(4)),
                        day(row.get(5)),
                        day(row.get(6)),
                        QueryRows.number(row.get(7)),
                        revenues(String.valueOf(row.get(8)))));
    }

    private static List<Money> revenues(String text) {
        List<Money> all = new ArrayList<>();
        String[] parts = text.split(" ", -1);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            all.add(new Money(parts[i], new BigDecimal(parts[i + 1])));
        }
        return all;
    }

    private static List<@Nullable Object> row(SourceAnswer answer) {
        boolean awaits = answer.state() == ItemState.AWAITING_REPORT || answer.state() == ItemState.FELL_BACK;
        return Arrays.asList(answer.isrc().value(), reason(answer), awaits ? answer.runId() : null);
    }

    private static String reason(SourceAnswer answer) {
        return switch (answer.state()) {
            // awaited territories stand beside; what is not among them has landed
            case LANDED, AWAITING_REPORT, FELL_BACK -> "LANDED";
            case NOT_FOUND -> CoverageGap.Reason.NOT_FOUND.name();
            case DEAD_LETTERED -> CoverageGap.Reason.DEAD_LETTERED.name();
            case PARKED -> CoverageGap.Reason.PARKED.name();
            case PLANNED -> CoverageGap.Reason.NEVER_ASKED.name();
        };
    }

    private void awaited() {
        bench.run("CREATE OR REPLACE TABLE awaited_all (isrc VARCHAR, day DATE, territory VARCHAR, run VARCHAR)");
        List<AwaitedTerritory> awaited = ledger.awaited().of(source, period.from(), period.to());
        bench.fill(
                "awaited_all",
                () -> awaited.stream()
                        .map(one -> Arrays.<@Nullable Object>asList(
                                one.isrc().value(), one.day(), one.territory(), one.runId()))
                        .iterator());
    }

    /// What each recording counted and earned in the period before, by territory; a report's word before the API's.
    private void lastPeriod() {
        Period before = period.previous();
        bench.run("""
                CREATE OR REPLACE TABLE last_api AS
                SELECT isrc, territory, CAST(sum(stream_count) AS BIGINT) AS n FROM %s
                WHERE source = %s AND day BETWEEN %s AND %s GROUP BY isrc, territory
                """.formatted(
                        bench.relation(ReconcileQuery.streams(source, before)),
                        SqlLiteral.text(source),
                        SqlLiteral.day(before.from()),
                        SqlLiteral.day(before.to())));
        StatementView.make(bench, services, ReconcileQuery.sales(before));
        String inside = "FROM statement WHERE source = " + SqlLiteral.text(source) + " AND ours AND isrc IS NOT NULL"
                + " AND usage_start >= " + SqlLiteral.day(before.from()) + " AND usage_end <= "
                + SqlLiteral.day(before.to());
        bench.run("CREATE OR REPLACE TABLE last_said AS SELECT isrc, territory, CAST(sum(quantity) AS BIGINT) AS n "
                + inside + " AND usage_type = 'stream' GROUP BY isrc, territory");
        bench.run("CREATE OR REPLACE TABLE last_revenue AS SELECT isrc, territory, coalesce(currency, 'XXX') AS c,"
                + " CAST(sum(net_revenue) AS DECIMAL(38,18)) AS a " + inside
                + " AND net_revenue IS NOT NULL GROUP BY ALL");
        bench.run("""
                CREATE OR REPLACE TABLE last_count AS
                SELECT * FROM (
                  SELECT coalesce(s.isrc, a.isrc) AS isrc, coalesce(s.territory, a.territory) AS territory,
                    coalesce(s.n, a.n) AS n
                  FROM last_said s FULL JOIN last_api a ON a.isrc = s.isrc AND a.territory = s.territory)
                WHERE n > 0 AND isrc IN (SELECT isrc FROM catalog)
                """);
        // back to the period itself
        StatementView.make(bench, services, ReconcileQuery.sales(period));
    }

    private static LocalDate day(@Nullable Object value) {
        if (value instanceof LocalDate day) {
            return day;
        }
        throw new IllegalStateException("a day came as " + value);
    }
}
