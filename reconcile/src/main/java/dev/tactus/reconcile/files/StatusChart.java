package dev.tactus.reconcile.files;

import dev.tactus.reconcile.ReconciliationStatus;
import dev.tactus.reconcile.join.ReconciliationTotals;
import java.util.Locale;

/// One stripe: how the payable counts divide among the statuses.
final class StatusChart {
    private final ReconciliationTotals totals;

    StatusChart(ReconciliationTotals totals) {
        this.totals = totals;
    }

    String draw(double width) {
        double height = 26;
        Svg svg = new Svg(width, height, "Payable counts by status", "The table below has the figures");
        long all = 0;
        for (ReconciliationStatus status : ReconciliationStatus.values()) {
            all += Math.max(0, totals.of(status).payable());
        }
        double x = 0;
        for (ReconciliationStatus status : ReconciliationStatus.values()) {
            long part = Math.max(0, totals.of(status).payable());
            double size = all == 0 ? 0 : width * part / all;
            if (part > 0) {
                svg.group(String.format(Locale.ROOT, "%s: %,d payable", status.words(), part));
                svg.rect("status-" + status.label(), x, 0, Math.max(1.5, size - 1), height, 2);
                svg.end();
            }
            x += size;
        }
        return svg.toString();
    }
}
