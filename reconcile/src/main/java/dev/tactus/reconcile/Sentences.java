package dev.tactus.reconcile;

import java.util.ArrayList;
import java.util.List;

/// A reconciliation in a few sentences that a royalty manager could forward.
final class Sentences {
    private Sentences() {}

    static List<String> of(PageFacts facts) {
        List<String> all = new ArrayList<>();
        Totals totals = facts.totals();
        Totals.Line sum = totals.all();
        if (sum.rows() == 0) {
            all.add("Nothing is known of " + facts.done().source() + " in this period: no count of the API, no row of a"
                    + " report.");
        } else {
            all.add(Shown.count(sum.payable()) + " plays are payable. " + basis(sum));
            both(totals, all);
            oneSided(totals, all);
        }
        coverage(facts.coverage(), all);
        for (Adjustment one : facts.done().adjustments()) {
            all.add("What has come in since " + one.corrects() + " was closed corrects it here by "
                    + Shown.signed(one.count()) + " plays"
                    + (one.revenues().isEmpty() ? "" : " and " + Shown.money(one.revenues())) + ".");
        }
        if (!totals.leftOut().isEmpty()) {
            long rows = totals.leftOut().stream().mapToLong(LeftOut::rows).sum();
            all.add(Shown.counted(rows, "row of a report was", "rows of reports were")
                    + " not counted; the reasons stand below.");
        }
        return all;
    }

    private static String basis(Totals.Line sum) {
        if (sum.provisional() == 0) {
            return "All of them are final.";
        }
        if (sum.provisional() == sum.payable()) {
            return "None of them is final: no statement has them yet.";
        }
        return Shown.count(sum.provisional()) + " of them (" + Shown.percent(sum.provisional(), sum.payable())
                + ") are provisional and may still change.";
    }

    private static void both(Totals totals, List<String> all) {
        Totals.Line agreed = totals.of(Status.AGREED);
        Totals.Line within = totals.of(Status.WITHIN_TOLERANCE);
        Totals.Line beyond = totals.of(Status.VARIANCE);
        long rows = agreed.rows() + within.rows() + beyond.rows();
        if (rows == 0) {
            return;
        }
        long difference = both(totals, false) - both(totals, true);
        all.add("API and reports both count " + Shown.counted(rows, "row", "rows")
                + " (a recording in a territory): " + Shown.count(agreed.rows()) + " agree to the play, "
                + Shown.count(within.rows()) + " differ within the tolerance, " + Shown.count(beyond.rows())
                + " differ by more. In sum the reports have "
                + (difference == 0
                        ? "exactly as many plays as the API."
                        : Shown.count(Math.abs(difference)) + " plays " + (difference > 0 ? "more" : "fewer")
                                + " than the API"
                                + Shown.signedPercent(difference, both(totals, true))
                                        .map(share -> " (" + share + ").")
                                        .orElse(".")));
    }

    private static void oneSided(Totals totals, List<String> all) {
        Totals.Line reports = totals.of(Status.REPORT_ONLY);
        if (reports.rows() > 0) {
            all.add("Where the API gave nothing, reports fill in: " + Shown.counted(reports.rows(), "row", "rows")
                    + ", " + Shown.count(reports.payable()) + " plays.");
        }
        Totals.Line api = totals.of(Status.API_ONLY);
        if (api.rows() > 0 && api.rows() < totals.all().rows()) {
            all.add("No report names " + Shown.counted(api.rows(), "row", "rows") + " that the API counts ("
                    + Shown.count(api.api()) + " plays); "
                    + (api.payable() > 0 ? "the API's count stands in." : "nothing is payable for them yet."));
        }
    }

    private static void coverage(Coverage coverage, List<String> all) {
        if (coverage.asked() == 0) {
            return;
        }
        if (coverage.without() == 0) {
            all.add("Every recording has a source on every day.");
        } else {
            all.add(Shown.counted(coverage.without(), "recording's day", "recordings' days") + " of "
                    + Shown.count(coverage.asked()) + " (" + Shown.percent(coverage.without(), coverage.asked())
                    + ") have no source at all"
                    + (coverage.lastTotal() > 0
                            ? "; they counted " + Shown.percent(coverage.lastWithout(), coverage.lastTotal())
                                    + " of the period before."
                            : "."));
        }
    }

    /// The API's counts, or the reports', of the rows that both have.
    static long both(Totals totals, boolean api) {
        long sum = 0;
        for (Status status : List.of(Status.AGREED, Status.WITHIN_TOLERANCE, Status.VARIANCE)) {
            sum += api ? totals.of(status).api() : totals.of(status).report();
        }
        return sum;
    }
}
