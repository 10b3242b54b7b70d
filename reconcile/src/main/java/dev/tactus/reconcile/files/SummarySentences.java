package dev.tactus.reconcile.files;

import dev.tactus.ledger.royalty.Report;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.ReconciliationStatus;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.join.Adjustment;
import dev.tactus.reconcile.join.ExcludedUsage;
import dev.tactus.reconcile.join.KeptDecision;
import dev.tactus.reconcile.join.ReconciliationTotals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A reconciliation in a few sentences that a royalty manager could forward.
final class SummarySentences {
    private SummarySentences() {}

    static List<String> of(PageModel model) {
        List<String> all = new ArrayList<>();
        ReconciliationTotals totals = model.totals();
        ReconciliationTotals.Sums sum = totals.all();
        if (sum.rows() == 0) {
            all.add("There is no data for " + model.done().source()
                    + " in this period: no API counts and no report rows.");
        } else {
            all.add(FigureFormat.count(sum.payable()) + " plays are payable. " + basis(sum));
            both(totals, all);
            oneSided(totals, all);
        }
        model.home().complaint().ifPresent(all::add);
        coverage(model.coverage(), all);
        for (Adjustment one : model.done().adjustments()) {
            all.add("Data that arrived after " + one.corrects() + " was closed corrects it in this period by "
                    + FigureFormat.signed(one.count()) + " plays"
                    + (one.revenues().isEmpty() ? "" : " and " + FigureFormat.money(one.revenues())) + ".");
        }
        for (KeptDecision one : model.done().kept()) {
            kept(one, all);
        }
        if (!totals.leftOut().isEmpty()) {
            long rows = totals.leftOut().stream().mapToLong(ExcludedUsage::rows).sum();
            all.add(FigureFormat.counted(rows, "report row was", "report rows were")
                    + " not counted"
                    + (totals.leftOutRevenues().isEmpty()
                            ? ""
                            : ", with " + FigureFormat.money(totals.leftOutRevenues()))
                    + "; the reasons are below.");
        }
        aside(model, all);
        return all;
    }

    /// What the statements hold beside sales, whatever period it is about.
    private static void aside(PageModel model, List<String> all) {
        List<Report> reports = List.copyOf(model.reports().values());
        long rejected =
                reports.stream().mapToLong(report -> report.counts().rejected()).sum();
        long deductions = reports.stream()
                .mapToLong(report -> report.counts().deductions())
                .sum();
        SortedMap<String, BigDecimal> money = new TreeMap<>();
        reports.forEach(report -> report.rejectedMoney()
                .forEach(total -> money.merge(total.currency(), total.amount(), BigDecimal::add)));
        List<String> parts = new ArrayList<>();
        long unreadable = reports.stream().mapToLong(Report::rejectedUnreadable).sum();
        if (rejected > 0) {
            parts.add(FigureFormat.counted(rejected, "row", "rows") + " that could not be read"
                    + (money.isEmpty()
                            ? ""
                            : ", with "
                                    + FigureFormat.money(money.entrySet().stream()
                                            .map(one -> new Money(one.getKey(), one.getValue()))
                                            .toList()))
                    + (unreadable == 0
                            ? ""
                            : ", of which " + FigureFormat.count(unreadable) + " with an amount that nobody can read"));
        }
        if (deductions > 0) {
            parts.add(FigureFormat.counted(deductions, "line", "lines") + " of deductions, such as taxes and fees");
        }
        if (!parts.isEmpty()) {
            all.add("The statements behind these figures also hold " + String.join("; and ", parts)
                    + ": in none of the figures.");
        }
    }

    private static void kept(KeptDecision one, List<String> all) {
        if (one.quantity() != 0 || !one.revenues().isEmpty()) {
            all.add("Of what has arrived since " + one.corrects() + " was closed, "
                    + FigureFormat.signed(one.quantity()) + " plays"
                    + (one.revenues().isEmpty() ? "" : " and " + FigureFormat.money(one.revenues()))
                    + " are left out: of a group of territories and its members only one side counts.");
        }
        if (!one.overturned().isEmpty()) {
            all.add(FigureFormat.counted(one.overturned().size(), "recording", "recordings") + " of " + one.corrects()
                    + " would now have the other side counted (" + one.named()
                    + "). The decision of the close is kept until somebody reopens the period.");
        }
    }

    private static String basis(ReconciliationTotals.Sums sum) {
        if (sum.provisional() == 0) {
            return "All of them are final.";
        }
        if (sum.provisional() == sum.payable()) {
            return "None of them is final: no statement covers them yet.";
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
        all.add(FigureFormat.counted(rows, "row", "rows")
                + " (one recording in one territory) with both an API count and a report count: "
                + FigureFormat.count(agreed.rows()) + " match exactly, "
                + FigureFormat.count(within.rows()) + " differ within the tolerance, "
                + FigureFormat.count(beyond.rows())
                + " differ by more. In total the reports have "
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
            all.add("Where the API has no count, reports fill in: "
                    + FigureFormat.counted(reports.rows(), "row", "rows") + ", " + FigureFormat.count(reports.payable())
                    + " plays.");
        }
        ReconciliationTotals.Sums silent = totals.of(ReconciliationStatus.NOT_REPORTED);
        if (silent.rows() > 0) {
            all.add("The statement is out and does not have "
                    + FigureFormat.counted(silent.rows(), "row", "rows") + " that the API counted ("
                    + FigureFormat.count(silent.api()) + " plays): ask the service.");
        }
        ReconciliationTotals.Sums api = totals.of(ReconciliationStatus.API_ONLY);
        if (api.rows() > 0 && api.rows() < totals.all().rows()) {
            all.add(FigureFormat.counted(api.rows(), "row has", "rows have") + " an API count alone ("
                    + FigureFormat.count(api.api()) + " plays): "
                    + (api.payable() > 0
                            ? "it is used until a report covers them."
                            : "nothing is payable for them yet."));
        }
    }

    private static void coverage(Coverage coverage, List<String> all) {
        if (coverage.recordingDays() == 0) {
            return;
        }
        if (coverage.without() == 0) {
            all.add("Every recording has a source for every day.");
        } else {
            all.add(FigureFormat.counted(coverage.without(), "recording-day", "recording-days") + " of "
                    + FigureFormat.count(coverage.recordingDays()) + " ("
                    + FigureFormat.percent(coverage.without(), coverage.recordingDays())
                    + ") have no source"
                    + (coverage.lastTotal() > 0
                            ? "; they made up " + FigureFormat.percent(coverage.lastWithout(), coverage.lastTotal())
                                    + " of the previous period's counts."
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
