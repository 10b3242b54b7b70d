package dev.tactus.reconcile.files;

import dev.tactus.reconcile.ReconciliationStatus;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.join.Adjustment;
import dev.tactus.reconcile.join.ExcludedUsage;
import dev.tactus.reconcile.join.ReconciliationTotals;
import java.util.ArrayList;
import java.util.List;

/// A reconciliation in a few sentences that a royalty manager could forward.
final class SummarySentences {
    private SummarySentences() {}

    static List<String> of(PageModel facts) {
        List<String> all = new ArrayList<>();
        ReconciliationTotals totals = facts.totals();
        ReconciliationTotals.Sums sum = totals.all();
        if (sum.rows() == 0) {
            all.add("Nothing is known of " + facts.done().source() + " in this period: no count of the API, no row of a"
                    + " report.");
        } else {
            all.add(FigureFormat.count(sum.payable()) + " plays are payable. " + basis(sum));
            both(totals, all);
            oneSided(totals, all);
        }
        coverage(facts.coverage(), all);
        for (Adjustment one : facts.done().adjustments()) {
            all.add("What has come in since " + one.corrects() + " was closed corrects it here by "
                    + FigureFormat.signed(one.count()) + " plays"
                    + (one.revenues().isEmpty() ? "" : " and " + FigureFormat.money(one.revenues())) + ".");
        }
        if (!totals.leftOut().isEmpty()) {
            long rows = totals.leftOut().stream().mapToLong(ExcludedUsage::rows).sum();
            all.add(FigureFormat.counted(rows, "row of a report was", "rows of reports were")
                    + " not counted; the reasons stand below.");
        }
        return all;
    }

    private static String basis(ReconciliationTotals.Sums sum) {
        if (sum.provisional() == 0) {
            return "All of them are final.";
        }
        if (sum.provisional() == sum.payable()) {
            return "None of them is final: no statement has them yet.";
        }
        return FigureFormat.count(sum.provisional()) + " of them ("
                + FigureFormat.percent(sum.provisional(), sum.payable()) + ") are provisional and may still change.";
    }

    private static void both(ReconciliationTotals totals, List<String> all) {
        ReconciliationTotals.Sums agreed = totals.of(ReconciliationStatus.AGREED);
        ReconciliationTotals.Sums within = totals.of(ReconciliationStatus.WITHIN_TOLERANCE);
        ReconciliationTotals.Sums beyond = totals.of(ReconciliationStatus.VARIANCE);
        long rows = agreed.rows() + within.rows() + beyond.rows();
        if (rows == 0) {
            return;
        }
        long difference = both(totals, false) - both(totals, true);
        all.add("API and reports both count " + FigureFormat.counted(rows, "row", "rows")
                + " (a recording in a territory): " + FigureFormat.count(agreed.rows()) + " agree to the play, "
                + FigureFormat.count(within.rows()) + " differ within the tolerance, "
                + FigureFormat.count(beyond.rows())
                + " differ by more. In sum the reports have "
                + (difference == 0
                        ? "exactly as many plays as the API."
                        : FigureFormat.count(Math.abs(difference)) + " plays " + (difference > 0 ? "more" : "fewer")
                                + " than the API"
                                + FigureFormat.signedPercent(difference, both(totals, true))
                                        .map(share -> " (" + share + ").")
                                        .orElse(".")));
    }

    private static void oneSided(ReconciliationTotals totals, List<String> all) {
        ReconciliationTotals.Sums reports = totals.of(ReconciliationStatus.REPORT_ONLY);
        if (reports.rows() > 0) {
            all.add("Where the API gave nothing, reports fill in: "
                    + FigureFormat.counted(reports.rows(), "row", "rows") + ", " + FigureFormat.count(reports.payable())
                    + " plays.");
        }
        ReconciliationTotals.Sums api = totals.of(ReconciliationStatus.API_ONLY);
        if (api.rows() > 0 && api.rows() < totals.all().rows()) {
            all.add("No report names " + FigureFormat.counted(api.rows(), "row", "rows") + " that the API counts ("
                    + FigureFormat.count(api.api()) + " plays); "
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
            all.add(FigureFormat.counted(coverage.without(), "recording's day", "recordings' days") + " of "
                    + FigureFormat.count(coverage.asked()) + " ("
                    + FigureFormat.percent(coverage.without(), coverage.asked())
                    + ") have no source at all"
                    + (coverage.lastTotal() > 0
                            ? "; they counted " + FigureFormat.percent(coverage.lastWithout(), coverage.lastTotal())
                                    + " of the period before."
                            : "."));
        }
    }

    /// The API's counts, or the reports', of the rows that both have.
    static long both(ReconciliationTotals totals, boolean api) {
        long sum = 0;
        for (ReconciliationStatus status : List.of(
                ReconciliationStatus.AGREED, ReconciliationStatus.WITHIN_TOLERANCE, ReconciliationStatus.VARIANCE)) {
            sum += api ? totals.of(status).api() : totals.of(status).report();
        }
        return sum;
    }
}
