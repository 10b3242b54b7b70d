package dev.tactus.console.periods;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable;
import dev.tactus.reconcile.HomeCurrency;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.ReconciliationStatus;
import dev.tactus.reconcile.close.ManifestJson;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.join.Adjustment;
import dev.tactus.reconcile.join.ExcludedUsage;
import dev.tactus.reconcile.join.KeptDecision;
import dev.tactus.reconcile.join.Reconciliation;
import dev.tactus.reconcile.join.ReconciliationTotals;
import dev.tactus.reconcile.statements.StatementStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The result of a reconciliation, in words and as JSON.
final class ReconciliationView {
    private static final int LEFT_OUT_SHOWN = 10;

    private ReconciliationView() {}

    static List<String> lines(
            Reconciliation done, Optional<Coverage> coverage, StatementStatus statements, List<Path> files) {
        if (done.isEmpty()) {
            return List.of(done.source() + " " + done.period()
                    + ": nothing to reconcile, no API counts (tactus sync) and no report rows (tactus reports import);"
                    + " no files written");
        }
        List<String> lines = new ArrayList<>();
        ReconciliationTotals totals = done.totals();
        lines.add(done.source() + " " + done.period() + " (" + done.id() + (done.written() ? "" : ", unchanged") + ")");
        lines.add("");
        lines.addAll(table(totals));
        lines.add("");
        if (totals.all().rows() == 0) {
            lines.add("no API counts (tactus sync) and no report rows (tactus reports import) are counted in "
                    + done.period());
        }
        if (!totals.revenues().isEmpty()) {
            lines.add("revenue in the reports: " + exact(totals.revenues()));
            done.rules().home().ifPresent(home -> lines.addAll(home(home, totals.revenues())));
        }
        done.adjustments().forEach(one -> lines.add(adjustment(one)));
        lines.addAll(kept(done));
        lines.addAll(excluded(totals));
        coverage.ifPresent(found -> lines.addAll(CoverageView.lines(found)));
        statements.missing().forEach(one -> lines.add("missing: " + one));
        statements.warnings().forEach(one -> lines.add("warning: " + one));
        files.forEach(file -> lines.add("wrote " + file));
        lines.add("");
        return lines;
    }

    /// What reports have and nobody is paid for by this reconciliation.
    static List<String> excluded(ReconciliationTotals totals) {
        List<String> lines = new ArrayList<>();
        for (ExcludedUsage.Reason reason : ExcludedUsage.Reason.values()) {
            List<Money> money = ReconciliationTotals.leftOutRevenues(totals.leftOut().stream()
                    .filter(left -> left.reason() == reason)
                    .toList());
            if (!money.isEmpty()) {
                lines.add("money left out: " + exact(money) + ", " + reason.words());
            }
        }
        totals.leftOut().stream().limit(LEFT_OUT_SHOWN).forEach(left -> lines.add(leftOut(left)));
        if (totals.leftOut().size() > LEFT_OUT_SHOWN) {
            lines.add("excluded: " + HumanFormat.count(totals.leftOut().size() - LEFT_OUT_SHOWN)
                    + " more kinds; --json lists all");
        }
        return lines;
    }

    /// Rows and counts by status.
    static List<String> table(ReconciliationTotals totals) {
        TextTable table = new TextTable("STATUS", "ROWS", "API", "REPORT", "PAYABLE", "PROVISIONAL");
        for (ReconciliationStatus status : ReconciliationStatus.values()) {
            row(table, status.label().replace('_', ' '), totals.of(status));
        }
        row(table, "all", totals.all());
        return table.lines();
    }

    private static void row(TextTable table, String name, ReconciliationTotals.Sums line) {
        table.row(
                name,
                HumanFormat.count(line.rows()),
                HumanFormat.count(line.api()),
                HumanFormat.count(line.report()),
                HumanFormat.count(line.payable()),
                HumanFormat.count(line.provisional()));
    }

    private static String adjustment(Adjustment one) {
        return "corrects the closed " + one.corrects() + " by "
                + String.format("%+,d", one.count()) + " payable"
                + (one.revenues().isEmpty() ? "" : " and " + exact(one.revenues())) + ": "
                + HumanFormat.counted(one.rows(), "row", "rows") + " in adjustments (" + one.closeId() + ")";
    }

    /// What is left out of closed periods since, and what a person may have decided anew.
    static List<String> kept(Reconciliation done) {
        List<String> lines = new ArrayList<>();
        for (KeptDecision one : done.kept()) {
            if (one.rows() != 0 || one.quantity() != 0 || !one.revenues().isEmpty()) {
                lines.add("left out of the closed " + one.corrects() + " since it was closed: "
                        + (one.revenues().isEmpty() ? "" : exact(one.revenues()) + ", ")
                        + HumanFormat.count(one.quantity()) + " counts, "
                        + HumanFormat.counted(one.rows(), "row", "rows")
                        + "; of a group of territories and its members one side counts (" + one.closeId() + ")");
            }
            if (!one.overturned().isEmpty()) {
                lines.add("decide: the rows of "
                        + HumanFormat.counted(one.overturned().size(), "recording", "recordings")
                        + " in the closed " + one.corrects()
                        + " would decide otherwise by now which side that is (" + one.named()
                        + "); the close's decision is kept. To have it decided anew: tactus reopen --period "
                        + one.corrects() + " --source " + done.source()
                        + " --by NAME --reason TEXT, then reconcile and close it again");
            }
        }
        return lines;
    }

    private static String leftOut(ExcludedUsage left) {
        return "excluded: " + HumanFormat.counted(left.rows(), "row", "rows") + " of " + left.reportId() + " ("
                + HumanFormat.count(left.quantity()) + " counts, "
                + (left.revenue().isEmpty() ? "" : exact(ReconciliationTotals.leftOutRevenues(List.of(left))) + ", ")
                + left.usage() + "): "
                + left.reason().words();
    }

    private static String exact(List<Money> amounts) {
        return amounts.stream().map(CoverageView::exact).collect(Collectors.joining(", "));
    }

    private static List<String> home(HomeCurrency home, List<Money> revenues) {
        List<String> lines = new ArrayList<>();
        String rates = revenues.stream()
                .flatMap(money -> Optional.ofNullable(home.rates().get(money.currency())).stream())
                .map(rate -> rate.currency() + " at " + rate.rate().toPlainString() + " (" + rate.dated() + ", "
                        + rate.source() + ")")
                .collect(Collectors.joining(", "));
        home.worth(revenues)
                .ifPresent(sum -> lines.add("  in " + home.currency() + ": "
                        + exact(List.of(new Money(home.currency(), sum))) + (rates.isEmpty() ? "" : "; " + rates)));
        lines.addAll(withoutRate(home, revenues));
        return lines;
    }

    /// The currencies that the table of rates says nothing of; empty where it has all.
    static List<String> withoutRate(HomeCurrency home, List<Money> revenues) {
        Set<String> missing = home.missing(revenues);
        return missing.isEmpty()
                ? List.of()
                : List.of("  in " + home.currency() + ": no rate of this period for " + String.join(", ", missing)
                        + "; those cells stay empty");
    }

    static JsonObject fields(
            Reconciliation done, Optional<Coverage> coverage, StatementStatus statements, List<Path> files) {
        JsonObject snapshots = new JsonObject();
        done.snapshots().forEach((table, snapshot) -> snapshots.put(table.label(), snapshot));
        JsonObject fields = JsonObject.of("source", done.source())
                .put("period", done.period().label())
                .put("reconciliation_id", done.id())
                .put("written", done.written())
                .put("snapshots", snapshots)
                .putAll(ManifestJson.totals(done.totals()))
                .put(
                        "home",
                        done.rules()
                                .home()
                                .map(home ->
                                        ManifestJson.home(home, done.totals().revenues())))
                .put(
                        "adjustments",
                        done.adjustments().stream()
                                .map(ManifestJson::adjustment)
                                .toList())
                .put(
                        "kept_decisions",
                        done.kept().stream().map(ManifestJson::kept).toList());
        coverage.ifPresent(found -> fields.put("coverage", ManifestJson.coverage(found)));
        return fields.put("missing_statements", statements.missing())
                .put("warnings", statements.warnings())
                .put("files", files);
    }
}
