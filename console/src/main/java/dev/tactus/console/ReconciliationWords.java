package dev.tactus.console;

import dev.tactus.reconcile.Adjustment;
import dev.tactus.reconcile.Coverage;
import dev.tactus.reconcile.LeftOut;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.Reconciliation;
import dev.tactus.reconcile.Status;
import dev.tactus.reconcile.Told;
import dev.tactus.reconcile.Totals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a reconciliation came to, in words and as JSON.
final class ReconciliationWords {
    private static final int LEFT_OUT_SHOWN = 10;

    private ReconciliationWords() {}

    static List<String> lines(Reconciliation done, Optional<Coverage> coverage, List<Path> files) {
        List<String> lines = new ArrayList<>();
        Totals totals = done.totals();
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
            lines.add("left out: " + Words.count(totals.leftOut().size() - LEFT_OUT_SHOWN)
                    + " kinds more, all with --json");
        }
        coverage.ifPresent(found -> lines.addAll(CoverageWords.lines(found)));
        files.forEach(file -> lines.add("wrote " + file));
        lines.add("");
        return lines;
    }

    /// Rows and counts by status.
    static List<String> table(Totals totals) {
        Table table = new Table("STATUS", "ROWS", "API", "REPORT", "PAYABLE", "PROVISIONAL");
        for (Status status : Status.values()) {
            row(table, status.label().replace('_', ' '), totals.of(status));
        }
        row(table, "all", totals.all());
        return table.lines();
    }

    private static void row(Table table, String name, Totals.Line line) {
        table.row(
                name,
                Words.count(line.rows()),
                Words.count(line.api()),
                Words.count(line.report()),
                Words.count(line.payable()),
                Words.count(line.provisional()));
    }

    private static String adjustment(Adjustment one) {
        return "corrects the closed " + one.corrects() + " by "
                + String.format("%+,d", one.count()) + " payable"
                + (one.revenues().isEmpty() ? "" : " and " + exact(one.revenues())) + ": "
                + Words.counted(one.rows(), "row", "rows") + " in adjustments (" + one.closeId() + ")";
    }

    private static String leftOut(LeftOut left) {
        return "left out: " + Words.counted(left.rows(), "row", "rows") + " of " + left.reportId() + " ("
                + Words.count(left.quantity()) + " counts, " + left.usage() + "): "
                + left.reason().words();
    }

    private static String exact(List<Money> amounts) {
        return amounts.stream().map(CoverageWords::exact).collect(Collectors.joining(", "));
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
        fields.putAll(Told.totals(done.totals()));
        fields.put(
                "adjustments", done.adjustments().stream().map(Told::adjustment).toList());
        coverage.ifPresent(found -> fields.put("coverage", CoverageWords.fields(found)));
        fields.put("files", files.stream().map(Path::toString).toList());
        return fields;
    }
}
