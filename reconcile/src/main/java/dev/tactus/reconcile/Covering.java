package dev.tactus.reconcile;

import dev.tactus.lake.Workbench;
import dev.tactus.ledger.Answer;
import dev.tactus.ledger.AwaitedTerritory;
import dev.tactus.ledger.ItemState;
import dev.tactus.ledger.Ledger;
import dev.tactus.music.Dataset;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out who tells of each recording on each day of a period: the ledger knows what the API answered, the workbench
/// what reports say.
///
/// Used after [Joining#look], whose `counted` and `catalog` it reads.
final class Covering {
    private final Workbench bench;
    private final Ledger ledger;
    private final Services services;
    private final String source;
    private final Period period;

    Covering(Workbench bench, Ledger ledger, Services services, String source, Period period) {
        this.bench = bench;
        this.ledger = ledger;
        this.services = services;
        this.source = source;
        this.period = period;
    }

    Coverage find() {
        loadAnswers();
        loadAwaited();
        lastPeriod();
        // who tells of a recording on a day; the first that does counts
        bench.run("""
                CREATE OR REPLACE TABLE said_day AS
                SELECT DISTINCT isrc, territory, usage_start AS f, usage_end AS t FROM counted WHERE usage_type = 'stream'
                """);
        bench.run("""
                CREATE OR REPLACE TABLE said_span AS
                SELECT DISTINCT d.day FROM period_day d JOIN (SELECT DISTINCT f, t FROM said_day) s
                  ON d.day BETWEEN s.f AND s.t
                """);
        bench.run("""
                CREATE OR REPLACE TABLE hole AS
                SELECT o.isrc, o.day, o.reason, '*' AS territory FROM (
                  SELECT k.isrc, d.day, coalesce(a.reason, 'NEVER_ASKED') AS reason
                  FROM catalog k CROSS JOIN period_day d
                  LEFT JOIN answer a ON a.isrc = k.isrc AND a.day = d.day) o
                WHERE o.reason <> 'LANDED'
                UNION ALL
                SELECT w.isrc, w.day, 'AWAITING_REPORT', w.territory FROM awaited_day w
                WHERE w.isrc IN (SELECT isrc FROM catalog)
                """);
        bench.run("""
                CREATE OR REPLACE TABLE open_hole AS
                SELECT h.*, EXISTS (
                    SELECT 1 FROM said_day s WHERE s.isrc = h.isrc AND h.day BETWEEN s.f AND s.t
                      AND (h.territory = '*' OR s.territory = h.territory OR s.territory = 'WW')) AS told,
                  h.reason IN ('NEVER_ASKED', 'NOT_FOUND')
                    AND (h.reason = 'NOT_FOUND' OR h.day IN (SELECT day FROM said_span))
                    AND h.isrc NOT IN (SELECT isrc FROM last_count) AS silent
                FROM hole h
                """);
        bench.run("""
                CREATE OR REPLACE TABLE recording_day AS
                SELECT isrc, day, bool_or(NOT told AND NOT silent) AS bare, bool_or(told) AS told,
                  bool_and(reason = 'NOT_FOUND') AS absent
                FROM open_hole GROUP BY ALL
                """);
        return coverage();
    }

    private Coverage coverage() {
        long recordings = bench.number("SELECT count(*) FROM catalog");
        List<Coverage.Day> days = Asked.list(bench, """
                SELECT d.day, count(*) FILTER (WHERE r.bare), count(*) FILTER (WHERE NOT r.bare AND r.told),
                  count(*) FILTER (WHERE NOT r.bare AND NOT r.told AND NOT r.absent),
                  count(*) FILTER (WHERE NOT r.bare AND NOT r.told AND r.absent)
                FROM period_day d LEFT JOIN recording_day r ON r.day = d.day GROUP BY d.day ORDER BY d.day
                """, row -> {
            long without = Asked.number(row.get(1));
            long told = Asked.number(row.get(2));
            long silent = Asked.number(row.get(3));
            // the source has answered that there is no such recording
            return new Coverage.Day(day(row.get(0)), recordings - without - told - silent, told, silent, without);
        });
        Map<Gap.Reason, Long> reasons = new EnumMap<>(Gap.Reason.class);
        Asked.list(
                bench,
                "SELECT reason, count(DISTINCT (isrc, day)) FROM open_hole WHERE NOT told AND NOT silent GROUP BY reason",
                row -> reasons.put(Gap.Reason.valueOf(String.valueOf(row.get(0))), Asked.number(row.get(1))));
        gaps();
        return new Coverage(
                recordings * period.days(),
                days.stream().mapToLong(Coverage.Day::byApi).sum(),
                days.stream().mapToLong(Coverage.Day::byReport).sum(),
                days.stream().mapToLong(Coverage.Day::bySilence).sum(),
                days.stream().mapToLong(Coverage.Day::without).sum(),
                days,
                listed(),
                bench.number("SELECT count(*) FROM gap"),
                bench.number("SELECT coalesce(sum(n), 0) FROM last_count"),
                bench.number("SELECT coalesce(sum(last), 0) FROM gap"),
                reasons);
    }

    /// Gathers the days; a recording that nothing is known of is a gap in each territory it counted in before.
    private void gaps() {
        bench.run("""
                CREATE OR REPLACE TABLE gap AS
                WITH bare AS (
                  SELECT isrc, territory, reason, count(*) AS days, min(day) AS f, max(day) AS l
                  FROM open_hole WHERE NOT told AND NOT silent GROUP BY ALL),
                placed AS (
                  SELECT b.isrc, coalesce(c.territory, b.territory) AS territory, b.reason, b.days, b.f, b.l,
                    coalesce(c.n, 0) AS n
                  FROM bare b LEFT JOIN last_count c
                    ON c.isrc = b.isrc AND (b.territory = '*' OR c.territory = b.territory))
                SELECT *, CAST((CAST(n AS HUGEINT) * least(days, %1$d)) // %1$d AS BIGINT) AS last FROM placed
                """.formatted(period.days()));
    }

    private List<Gap> listed() {
        return Asked.list(
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
                row -> new Gap(
                        String.valueOf(row.get(0)),
                        Optional.ofNullable(row.get(1)).map(String::valueOf),
                        String.valueOf(row.get(2)),
                        Gap.Reason.valueOf(String.valueOf(row.get(3)).toUpperCase(Locale.ROOT)),
                        Asked.number(row.get(4)),
                        day(row.get(5)),
                        day(row.get(6)),
                        Asked.number(row.get(7)),
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

    private void loadAnswers() {
        bench.run("CREATE OR REPLACE TABLE period_day (day DATE)");
        bench.run("CREATE OR REPLACE TABLE answer (isrc VARCHAR, day DATE, reason VARCHAR, run VARCHAR)");
        for (LocalDate day = period.from(); !day.isAfter(period.to()); day = day.plusDays(1)) {
            LocalDate on = day;
            bench.fill("period_day", List.of(List.of(on)));
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (Answer answer : ledger.items().answers(source, Dataset.STREAMS, on)) {
                boolean awaits = answer.state() == ItemState.AWAITING_REPORT || answer.state() == ItemState.FELL_BACK;
                rows.add(Arrays.asList(answer.isrc().value(), on, reason(answer), awaits ? answer.runId() : null));
            }
            bench.fill("answer", rows);
        }
    }

    private static String reason(Answer answer) {
        return switch (answer.state()) {
            // awaited territories stand beside; what is not among them has landed
            case LANDED, AWAITING_REPORT, FELL_BACK -> "LANDED";
            case NOT_FOUND -> Gap.Reason.NOT_FOUND.name();
            case DEAD_LETTERED -> Gap.Reason.DEAD_LETTERED.name();
            case PARKED -> Gap.Reason.PARKED.name();
            case PLANNED -> Gap.Reason.NEVER_ASKED.name();
        };
    }

    private void loadAwaited() {
        bench.run("CREATE OR REPLACE TABLE awaited_all (isrc VARCHAR, day DATE, territory VARCHAR, run VARCHAR)");
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (AwaitedTerritory one : ledger.awaited().of(source, period.from(), period.to())) {
            rows.add(List.of(one.isrc().value(), one.day(), one.territory(), one.runId()));
        }
        bench.fill("awaited_all", rows);
        // what an earlier run awaited does not count where a later one has had an answer
        bench.run("""
                CREATE OR REPLACE TABLE awaited_day AS
                SELECT DISTINCT a.isrc, a.day, a.territory
                FROM awaited_all a JOIN answer n ON n.isrc = a.isrc AND n.day = a.day AND n.run = a.run
                """);
    }

    /// What each recording counted and earned in the period before, by territory; a report's word before the API's.
    private void lastPeriod() {
        Period before = period.previous();
        bench.run("""
                CREATE OR REPLACE TABLE last_api AS
                SELECT isrc, territory, CAST(sum(stream_count) AS BIGINT) AS n FROM %s
                WHERE source = %s AND day BETWEEN %s AND %s GROUP BY isrc, territory
                """.formatted(
                        bench.relation(Joining.streams(source, before)),
                        Literal.text(source),
                        Literal.day(before.from()),
                        Literal.day(before.to())));
        Statements.make(bench, services, Joining.sales(before));
        String inside = "FROM statement WHERE source = " + Literal.text(source) + " AND ours AND isrc IS NOT NULL"
                + " AND usage_start >= " + Literal.day(before.from()) + " AND usage_end <= "
                + Literal.day(before.to());
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
        Statements.make(bench, services, Joining.sales(period));
    }

    private static LocalDate day(@Nullable Object value) {
        if (value instanceof LocalDate day) {
            return day;
        }
        throw new IllegalStateException("a day came as " + value);
    }
}
