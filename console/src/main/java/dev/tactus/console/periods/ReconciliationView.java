package dev.tactus.console.periods;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.TextTable;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.ReconciliationStatus;
import dev.tactus.reconcile.close.Adjustment;
import dev.tactus.reconcile.close.ManifestJson;
import dev.tactus.reconcile.close.Reconciliation;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.join.ExcludedUsage;
import dev.tactus.reconcile.join.ReconciliationTotals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a reconciliation came to, in words and as JSON.
final class ReconciliationView {
    private static final int LEFT_OUT_SHOWN = 10;

    private ReconciliationView() {}

    static List<String> lines(Reconciliation done, Optional<Coverage> coverage, List<Path> files) {
        List<String> lines = new ArrayList<>();
        ReconciliationTotals totals = done.totals();
        lines.add(done.source() + " " + done.period() + " (" + done.id() + (done.written() ? "" : ", unchanged") + ")");
        lines.add("");
        lines.addAll(table(totals));
        lines.add("");
        if (totals.all().rows() == 0) {
            lines.add("nothing is known of " + done.source() + " in " + done.period()
                    + ": no count of the API (tactus sync) and no row of a report (tactus reports import)");
        }
        if (!totals.revenues().isEmpty()) {
            lines.add("earned by the reports' rows: " + exact(totals.revenues()));
        }
        done.adjustments().forEach(one -> lines.add(adjustment(one)));
        totals.leftOut().stream().limit(LEFT_OUT_SHOWN).forEach(left -> lines.add(leftOut(left)));
        if (totals.leftOut().size() > LEFT_OUT_SHOWN) {
            lines.add("left out: " + HumanFormat.count(totals.leftOut().size() - LEFT_OUT_SHOWN)
                    + " kinds more, all with --json");
        }
        coverage.ifPresent(found -> lines.addAll(CoverageView.lines(found)));
        files.forEach(file -> lines.add("wrote " + file));
        lines.add("");
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

    private static String leftOut(ExcludedUsage left) {
        return "left out: " + HumanFormat.counted(left.rows(), "row", "rows") + " of " + left.reportId() + " ("
                + HumanFormat.count(left.quantity()) + " counts, " + left.usage() + "): "
                + left.reason().words();
    }

    private static String exact(List<Money> amounts) {
        return amounts.stream().map(CoverageView::exact).collect(Collectors.joining(", "));
    }

    static Map<String, @Nullable Object> fields(Reconciliation done, Optional<Coverage> coverage, List<Path> files) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("source", done.source());
        fields.put("period", done.period().label());
        fields.put("reconciliation_id", done.id());
        fields.put("written", done.written());
        Map<String, Object> snapshots = new LinkedHashMap<>();
        done.snapshots().forEach((table, snapshot) -> snapshots.put(table.label(), snapshot));
        fields.put("snapshots", snapshots);
        fields.putAll(ManifestJson.totals(done.totals()));
        fields.put(
                "adjustments",
                done.adjustments().stream().map(ManifestJson::adjustment).toList());
        coverage.ifPresent(found -> fields.put("coverage", CoverageView.fields(found)));
        fields.put("files", files.stream().map(Path::toString).toList());
        return fields;
    }
}
