package dev.tactus.reconcile.audit;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.ledger.royalty.ReportTotal;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.manifest.AuditMismatch;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Sales reports from both sides: whose rows the lake has, and whether they come to what the import has noted.
final class SalesAudit {
    private final Ledger ledger;
    private final Lake lake;
    private final int megabytes;
    private final AuditScope scope;

    SalesAudit(Ledger ledger, Lake lake, int megabytes, AuditScope scope) {
        this.ledger = ledger;
        this.lake = lake;
        this.megabytes = megabytes;
        this.scope = scope;
    }

    void prove() {
        Map<String, Long> landed = new HashMap<>();
        Map<String, Long> rejected = new HashMap<>();
        Map<String, Long> deducted = new HashMap<>();
        Map<String, Map<String, LandedMoney>> money = new HashMap<>();
        try (Workbench bench = lake.workbench(megabytes)) {
            String sales = bench.relation(TablePart.all(LakeTable.SALES));
            count(bench, sales, landed);
            count(bench, bench.relation(TablePart.all(LakeTable.SALES_REJECTS)), rejected);
            count(
                    bench,
                    "(SELECT d.report_id FROM " + bench.relation(TablePart.all(LakeTable.DEDUCTIONS)) + " d ANTI JOIN "
                            + sales
                            + " s ON s.report_id = d.report_id AND s.line = d.line GROUP BY d.report_id, d.line)",
                    deducted);
            for (Sum sum : QueryRows.list(
                    bench,
                    "SELECT report_id, coalesce(currency, 'XXX'), count(*), CAST(sum(net_revenue) AS DECIMAL(38,18)) FROM "
                            + sales + " WHERE net_revenue IS NOT NULL GROUP BY ALL",
                    row -> new Sum(
                            String.valueOf(row.get(0)),
                            String.valueOf(row.get(1)),
                            new LandedMoney(
                                    QueryRows.number(row.get(2)), (BigDecimal) Objects.requireNonNull(row.get(3)))))) {
                money.computeIfAbsent(sum.reportId(), _ -> new HashMap<>()).put(sum.currency(), sum.money());
            }
        }
        long reports = 0;
        for (Report report : ledger.reports().list()) {
            String where = "report " + report.id() + " (" + report.name() + ")";
            if (report.state() == ReportState.IMPORTED) {
                AuditMismatch.unlessSame(
                        where, "the rows in sales", report.counts().landed(), landed.getOrDefault(report.id(), 0L));
                AuditMismatch.unlessSame(
                        where,
                        "the rows in sales_rejects",
                        report.counts().rejected(),
                        rejected.getOrDefault(report.id(), 0L));
                AuditMismatch.unlessSame(
                        where,
                        "the rows in deductions",
                        report.counts().deductions(),
                        deducted.getOrDefault(report.id(), 0L));
                for (ReportTotal total : report.totals()) {
                    LandedMoney found = money.getOrDefault(report.id(), Map.of())
                            .getOrDefault(total.currency(), new LandedMoney(0, BigDecimal.ZERO));
                    AuditMismatch.unlessSame(
                            where, "the rows with an amount in " + total.currency(), total.rows(), found.rows());
                    AuditMismatch.unlessSame(
                            where, "the sum in " + total.currency(), plain(total.landed()), plain(found.sum()));
                }
            } else if (report.state() == ReportState.IMPORTING || report.state() == ReportState.VOIDING) {
                scope.unfinished(where + " is " + report.state().label() + "; the same command again ends it");
            } else {
                AuditMismatch.unlessSame(
                        where + ", " + report.state().label(),
                        "the rows in sales",
                        0L,
                        landed.getOrDefault(report.id(), 0L));
            }
            landed.remove(report.id());
            rejected.remove(report.id());
            deducted.remove(report.id());
            reports++;
        }
        for (Map<String, Long> left : List.of(landed, rejected, deducted)) {
            left.keySet().stream().sorted().findFirst().ifPresent(id -> {
                throw new AuditMismatch("report " + id, "the lake has rows of it, and the ledger does not know it");
            });
        }
        scope.looked("reports", reports);
        scope.proven(
                String.format(Locale.ROOT, "%,d reports: their rows and sums are what the imports noted", reports));
    }

    /// @param rows with an amount
    private record LandedMoney(long rows, BigDecimal sum) {}

    private record Sum(String reportId, String currency, LandedMoney money) {}

    private record RowCount(String reportId, long rows) {}

    private static void count(Workbench bench, String relation, Map<String, Long> into) {
        QueryRows.list(
                        bench,
                        "SELECT report_id, count(*) FROM " + relation + " GROUP BY 1",
                        row -> new RowCount(String.valueOf(row.get(0)), QueryRows.number(row.get(1))))
                .forEach(count -> into.put(count.reportId(), count.rows()));
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
