package dev.tactus.reconcile.join;

import static dev.tactus.reconcile.join.WorkbenchRelation.table;
import static dev.tactus.reconcile.join.WorkbenchRelation.view;

import dev.tactus.lake.table.LakeTable;

/// The relations of a workbench in which API counts and report counts are joined, in the order in which they are made.
///
/// Where a column's name is short: `n` is a count, `f` and `t` are the first and the last day, `c` is a currency, `a`
/// an amount.
public final class JoinRelations {
    private static final String KEY = "isrc VARCHAR, territory VARCHAR, usage_type VARCHAR";
    private static final String MONEY = "STRUCT(currency VARCHAR, amount DECIMAL(38,18))[]";
    private static final String STATEMENT_ROW = "report_id VARCHAR, source VARCHAR, isrc VARCHAR, ours BOOLEAN,"
            + " territory VARCHAR, usage_type VARCHAR, usage_start DATE, usage_end DATE, quantity BIGINT,"
            + " currency VARCHAR, net_revenue DECIMAL(38,18), territory_reported VARCHAR";
    private static final String NAMES = "name VARCHAR, word BIGINT, bit BIGINT";
    private static final String ADJUSTED_MONEY = KEY + ", c VARCHAR, a DECIMAL(38,18)";

    /// The label's recordings; none where every recording counts as its own.
    public static final WorkbenchRelation CATALOG = table("catalog", "isrc VARCHAR, title VARCHAR, artists VARCHAR");

    /// Every service that reports name, spelled as they spell it, with the source it belongs to.
    static final WorkbenchRelation SERVICE_SOURCE = table("service_source", "service VARCHAR, source VARCHAR");

    /// The rows of sales reports under the names that the API's counts have: the source is the one that the report's
    /// service belongs to, the ISRC the one that a person matched where the report's own is unknown, the territory
    /// `ZZ` where the report says none. `ours` is false where a person said that it is not.
    static final WorkbenchRelation STATEMENT = view("statement", STATEMENT_ROW);

    /// What the API counted, day by day.
    static final WorkbenchRelation API_DAY =
            view("api_day", "isrc VARCHAR, territory VARCHAR, day DATE, stream_count BIGINT, run_id VARCHAR");

    /// The reports' rows that overlap the period, each with what becomes of it if it stands alone.
    static final WorkbenchRelation PLACED_ROW = view("placed_row", STATEMENT_ROW + ", place VARCHAR");

    /// Of territories that occur, which are groups of which; a group's level is above those of its members.
    static final WorkbenchRelation TERRITORY_PRECEDENCE =
            table("territory_precedence", "coarser VARCHAR, finer VARCHAR, level BIGINT");

    /// What was sold by territory and group when it was decided which of them stand aside, and what was decided.
    static final WorkbenchRelation KEPT_CLAIM = table(
            "kept_claim",
            "isrc VARCHAR, usage_type VARCHAR, label VARCHAR, usage_start DATE, usage_end DATE, counted BOOLEAN,"
                    + " beside_members BOOLEAN");

    /// Where rows of a group and of its members are the same usage twice: which stand aside, and the territory of those
    /// that are payable.
    public static final WorkbenchRelation GROUP_MEETING = table(
            "group_meeting",
            "isrc VARCHAR, usage_type VARCHAR, label VARCHAR, usage_start DATE, usage_end DATE, member VARCHAR,"
                    + " place VARCHAR");

    /// The rows that stand aside, and why.
    static final WorkbenchRelation GROUP_ASIDE = table(
            "group_aside",
            "isrc VARCHAR, usage_type VARCHAR, label VARCHAR, usage_start DATE, usage_end DATE, place VARCHAR");

    /// The groups, or members of one, whose rows stand aside for those of a cell.
    static final WorkbenchRelation GROUP_BESIDE = table("group_beside", KEY + ", labels VARCHAR");

    /// The reports' rows that overlap the period, each with what becomes of it.
    static final WorkbenchRelation REPORT_ROW = view("report_row", STATEMENT_ROW + ", place VARCHAR");

    /// Those of them that are counted.
    static final WorkbenchRelation COUNTED_ROW = view("counted_row", STATEMENT_ROW + ", place VARCHAR");

    static final WorkbenchRelation RUN_NAME = table("run_name", NAMES);
    static final WorkbenchRelation REPORT_NAME = table("report_name", NAMES);
    static final WorkbenchRelation API_SUM = table("api_sum", KEY + ", n BIGINT, days BIGINT");
    static final WorkbenchRelation CURRENCY_NUMBER = table("currency_number", "currency VARCHAR, n SMALLINT");

    /// Its currency's number is `c` and `c2`; they differ where it has several.
    static final WorkbenchRelation REPORT_SUM =
            table("report_sum", KEY + ", n BIGINT, f DATE, t DATE, c SMALLINT, c2 SMALLINT, revenue DECIMAL(38,18)");

    static final WorkbenchRelation REPORT_MONEY = table("report_money", KEY + ", revenues " + MONEY);

    /// Of [#API_SUM], where a report knows only the world for a recording.
    static final WorkbenchRelation API_WORLD = table("api_world", KEY + ", n BIGINT, days BIGINT, added_up BOOLEAN");

    /// What the reports are joined with: one or the other of these two.
    static final WorkbenchRelation API_SIDE = view("api_side", KEY + ", n BIGINT, days BIGINT, added_up BOOLEAN");

    static final WorkbenchRelation REACHING_ROW = table("reaching_row", KEY + ", f DATE, t DATE");
    static final WorkbenchRelation RUN_NAME_LIST = table("run_name_list", "names VARCHAR[]");
    static final WorkbenchRelation REPORT_NAME_LIST = table("report_name_list", "names VARCHAR[]");

    /// Every column of `reconciled`.
    static final WorkbenchRelation JOINED = view("joined", String.join(", ", LakeTable.RECONCILED.columns()));

    /// Every column of `adjustments`.
    static final WorkbenchRelation ADJUSTING = table("adjusting", String.join(", ", LakeTable.ADJUSTMENTS.columns()));

    /// Of a closed period: what it would be now, what it was closed with, and what other periods have booked since.
    static final WorkbenchRelation RESTATED_ROW = table(
            "restated_row",
            KEY
                    + ", payable_count BIGINT, basis VARCHAR, explanation VARCHAR, title VARCHAR, artists VARCHAR, revenues "
                    + MONEY + ", run_ids VARCHAR[], report_ids VARCHAR[]");

    static final WorkbenchRelation CLOSED_ROW = table("closed_row", String.join(", ", LakeTable.RECONCILED.columns()));
    static final WorkbenchRelation BOOKED_ROW = table("booked_row", String.join(", ", LakeTable.ADJUSTMENTS.columns()));
    static final WorkbenchRelation RESTATED_MONEY = table("restated_money", ADJUSTED_MONEY);
    static final WorkbenchRelation CLOSED_MONEY = table("closed_money", ADJUSTED_MONEY);
    static final WorkbenchRelation BOOKED_MONEY = table("booked_money", ADJUSTED_MONEY);
    static final WorkbenchRelation MONEY_DELTA =
            table("money_delta", KEY + ", revenues " + MONEY + ", currencies BIGINT, c VARCHAR, a DECIMAL(38,18)");
    static final WorkbenchRelation COUNT_DELTA =
            table("count_delta", KEY + ", closed BIGINT, booked BIGINT, restated BIGINT");

    private JoinRelations() {}
}
