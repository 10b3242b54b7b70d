package dev.tactus.reconcile.coverage;

import static dev.tactus.reconcile.join.WorkbenchRelation.table;

import dev.tactus.reconcile.join.WorkbenchRelation;

/// The relations of a workbench in which coverage is found, beside those of the rows that are joined.
///
/// Where a column's name is short: `n` is a count, `f` and `t` (or `l`) are the first and the last day, `c` is a
/// currency, `a` an amount. A territory is `*` where nothing is known of any.
final class CoverageRelations {
    private static final String PLACE = "isrc VARCHAR, territory VARCHAR";

    /// What the API, and what reports, counted in the period before, and both together.
    static final WorkbenchRelation LAST_API = table("last_api", PLACE + ", n BIGINT");

    static final WorkbenchRelation LAST_REPORT = table("last_report", PLACE + ", n BIGINT");
    static final WorkbenchRelation LAST_REVENUE = table("last_revenue", PLACE + ", c VARCHAR, a DECIMAL(38,18)");
    static final WorkbenchRelation LAST_COUNT = table("last_count", PLACE + ", n BIGINT");
    static final WorkbenchRelation LAST_RECORDING = table("last_recording", "isrc VARCHAR");

    /// The days of reports' rows that name a recording, and those of all reports.
    static final WorkbenchRelation REPORTED_SPAN = table("reported_span", "isrc VARCHAR, f DATE, t DATE");

    static final WorkbenchRelation STATEMENT_SPAN = table("statement_span", "f DATE, t DATE");

    /// Territories that runs could not get.
    static final WorkbenchRelation AWAITED = table("awaited", "isrc VARCHAR, day DATE, territory VARCHAR, run VARCHAR");

    /// The newest answers for one day, and the recordings of which nothing landed on it.
    static final WorkbenchRelation ANSWER = table("answer", "isrc VARCHAR, reason VARCHAR, run VARCHAR");

    static final WorkbenchRelation UNANSWERED =
            table("unanswered", "isrc VARCHAR, reason VARCHAR, reported BOOLEAN, silent BOOLEAN");

    /// The awaited territories that no later run has got.
    static final WorkbenchRelation AWAITED_DAY = table("awaited_day", "isrc VARCHAR, day DATE, territory VARCHAR");

    static final WorkbenchRelation REPORTED_TERRITORY = table("reported_territory", PLACE + ", f DATE, t DATE");
    static final WorkbenchRelation AWAITED_TERRITORY =
            table("awaited_territory", "isrc VARCHAR, day DATE, territory VARCHAR, reported BOOLEAN");

    /// How many recordings have not landed on a day, by what is known of them.
    static final WorkbenchRelation UNLANDED =
            table("unlanded", "day DATE, reason VARCHAR, reported BOOLEAN, silent BOOLEAN, n BIGINT");

    /// The days without a source, and the same gathered, with what they counted before.
    static final WorkbenchRelation GAP_DAY = table("gap_day", PLACE + ", reason VARCHAR, day DATE");

    static final WorkbenchRelation GAP =
            table("gap", PLACE + ", reason VARCHAR, days BIGINT, f DATE, l DATE, n BIGINT, last BIGINT");

    /// The territories of items that await a report, and whether the item counts as covered.
    static final WorkbenchRelation AWAITED_ITEM =
            table("awaited_item", "isrc VARCHAR, dataset VARCHAR, day DATE, territory VARCHAR, covered BOOLEAN");

    private CoverageRelations() {}
}
