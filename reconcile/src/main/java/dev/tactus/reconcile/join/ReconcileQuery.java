package dev.tactus.reconcile.join;

import static dev.tactus.reconcile.join.JoinRelations.API_SIDE;
import static dev.tactus.reconcile.join.JoinRelations.API_SUM;
import static dev.tactus.reconcile.join.JoinRelations.API_WORLD;
import static dev.tactus.reconcile.join.JoinRelations.CURRENCY_NUMBER;
import static dev.tactus.reconcile.join.JoinRelations.JOINED;
import static dev.tactus.reconcile.join.JoinRelations.REACHING_ROW;
import static dev.tactus.reconcile.join.JoinRelations.REPORT_MONEY;
import static dev.tactus.reconcile.join.JoinRelations.REPORT_NAME;
import static dev.tactus.reconcile.join.JoinRelations.REPORT_NAME_LIST;
import static dev.tactus.reconcile.join.JoinRelations.REPORT_SUM;
import static dev.tactus.reconcile.join.JoinRelations.RUN_NAME;
import static dev.tactus.reconcile.join.JoinRelations.RUN_NAME_LIST;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.reconcile.Finality;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.RowRules;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The full outer join of a source's API counts and report counts over a period.
///
/// Where a report knows only the world for a recording, the API's territories are added up to the world, so that
/// nothing is payable twice.
public final class ReconcileQuery {
    /// Shares in the rules have at most nine decimals.
    private static final long SHARE_UNITS = 1_000_000_000L;

    /// So many days have a bit each in a whole number.
    private static final int BITS = 60;

    private final Workbench bench;
    private final Period period;
    private final String source;
    private final ReconciliationRules rules;

    private ReconcileQuery(JoinInputs inputs, ReconciliationRules rules) {
        this.bench = inputs.bench();
        this.period = inputs.period();
        this.source = inputs.source();
        this.rules = rules;
    }

    /// Joins them.
    ///
    /// @param id what the rows say of what they were made from
    public static JoinedRows join(JoinInputs inputs, ReconciliationRules rules, String id) {
        return new ReconcileQuery(inputs, rules).join(id);
    }

    private JoinedRows join(String id) {
        NameBitmap runs = NameBitmap.make(
                bench, RUN_NAME, RUN_NAME_LIST, QueryRows.texts(bench, "SELECT DISTINCT run_id FROM api_day"));
        NameBitmap reports = NameBitmap.make(
                bench,
                REPORT_NAME,
                REPORT_NAME_LIST,
                QueryRows.texts(bench, "SELECT DISTINCT report_id FROM counted_row"));
        API_SUM.make(
                bench,
                sql("api_sum")
                        .insert("days", countedDays())
                        .insert("runs", runs.collected("m"))
                        .text());
        reports(reports);
        world(runs);
        REACHING_ROW.make(bench, sql("reaching_row").text());
        runs.lists(API_SUM);
        reports.lists(REPORT_SUM);
        JOINED.make(bench, joined(runs, reports, id));
        return new JoinedRows(bench);
    }

    /// How many days have a count: found without a set for each group where a number has a bit for every day.
    private String countedDays() {
        return period.days() <= BITS
                ? "CAST(bit_count(bit_or(CAST(1 AS BIGINT) << CAST(date_diff('day', DATE '" + period.from()
                        + "', d.day) AS INTEGER))) AS BIGINT)"
                : "CAST(count(DISTINCT d.day) AS BIGINT)";
    }

    private void reports(NameBitmap reports) {
        CURRENCY_NUMBER.make(bench, sql("currency_number").text());
        REPORT_SUM.make(
                bench,
                sql("report_sum").insert("reports", reports.collected("m")).text());
        boolean several = bench.number("SELECT count(*) FROM (SELECT 1 FROM report_sum WHERE c <> c2 LIMIT 1)") > 0;
        REPORT_MONEY.make(bench, sql("report_money").with("several", several).text());
    }

    /// What a report must say of the world to know it: what comes to nothing or less, beside rows of territories, is an
    /// adjustment. It was enough that it says something, before rows of groups were compared by what they say.
    private String knowsTheWorld() {
        return rules.groups() < GroupMeetings.BY_AMOUNTS
                ? "true"
                : "(n > 0 OR isrc NOT IN (SELECT isrc FROM report_sum WHERE territory <> 'WW' AND usage_type = 'stream'))";
    }

    /// Adds the API's territories up to the world where a report knows nothing finer.
    private void world(NameBitmap runs) {
        boolean needed = bench.number("SELECT count(*) FROM (SELECT 1 FROM report_sum WHERE territory = 'WW'"
                        + " AND usage_type = 'stream' LIMIT 1)")
                > 0;
        if (needed) {
            API_WORLD.make(
                    bench,
                    sql("api_world")
                            .insert("runs", runs.merged())
                            .insert("knows", knowsTheWorld())
                            .text());
        }
        API_SIDE.make(bench, needed ? "SELECT * FROM " + API_WORLD : "SELECT *, false AS added_up FROM " + API_SUM);
    }

    private String joined(NameBitmap runs, NameBitmap reports, String id) {
        return sql("joined")
                .with("id", id)
                .with("source", source)
                .with("period", period.label())
                .with("days", period.days())
                .with("share_units", SHARE_UNITS)
                .insert("absolute", byRow(row -> Long.toString(row.absolute())))
                .insert(
                        "relative",
                        byRow(row -> Long.toString(row.relative()
                                .multiply(BigDecimal.valueOf(SHARE_UNITS))
                                .longValueExact())))
                .insert("tolerance", byRow(row -> "'" + tolerance(row) + "'"))
                .insert("variance_final", byRow(row -> Boolean.toString(row.variance() == Finality.FINAL)))
                .insert("api_pays", byRow(row -> Boolean.toString(row.apiOnly())))
                .insert("unreported_pays", byRow(row -> Boolean.toString(row.notReported())))
                .insert("out", out())
                .insert("api_snapshot", snapshot(LakeTable.DAILY_STREAMS))
                .insert("report_snapshot", snapshot(LakeTable.SALES))
                .insert("a_runs", runs.columns("a"))
                .insert("r_reports", reports.columns("r"))
                .insert("run_list", runs.same("rn", "b"))
                .insert("report_list", reports.same("rp", "b"))
                .text();
    }

    /// What rules say of a row: the first exception that concerns it, else the usual.
    private String byRow(Function<RowRules, String> said) {
        String usual = said.apply(rules.rows());
        return rules.exceptions().stream()
                        .allMatch(one -> said.apply(one.rules()).equals(usual))
                ? usual
                : rules.exceptions().stream()
                        .map(one -> "WHEN " + one.condition() + " THEN " + said.apply(one.rules()))
                        .collect(Collectors.joining(" ", "CASE ", " ELSE " + usual + " END"));
    }

    /// Where the statement is out: in the territories that reports tell of at all, since a service reports each.
    private String out() {
        if (!rules.statementOut()) {
            return "false";
        }
        List<String> territories = QueryRows.texts(
                bench, "SELECT DISTINCT territory FROM report_sum WHERE usage_type = 'stream' ORDER BY territory");
        return territories.isEmpty()
                ? "false"
                : territories.contains("WW")
                        ? "true"
                        : territories.stream()
                                .map(code -> "'" + code.replace("'", "''") + "'")
                                .collect(Collectors.joining(", ", "territory IN (", ")"));
    }

    private static String tolerance(RowRules row) {
        return row.relative().movePointRight(2).stripTrailingZeros().toPlainString() + " % or "
                + String.format(Locale.ROOT, "%,d", row.absolute());
    }

    private String snapshot(LakeTable table) {
        return bench.snapshot(table).map(Object::toString).orElse("NULL");
    }

    private static SqlResource sql(String name) {
        return SqlResource.of(ReconcileQuery.class, name);
    }
}
