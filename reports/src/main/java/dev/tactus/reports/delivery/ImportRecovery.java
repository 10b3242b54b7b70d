package dev.tactus.reports.delivery;

import dev.tactus.lake.Lake;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.matching.UsageMatchTable;
import java.util.Map;
import java.util.Set;

/// Finishes or undoes what a killed process left between ledger and lake. Done again, it changes nothing.
final class ImportRecovery {
    private final Ledger ledger;
    private final Lake lake;

    ImportRecovery(Ledger ledger, Lake lake) {
        this.ledger = ledger;
        this.lake = lake;
    }

    void run() {
        new UsageMatchTable(ledger, lake).publish();
        for (Report report : ledger.reports().unsettled()) {
            if (report.state() == ReportState.VOIDING) {
                lake.sales().remove("void/" + report.id(), Set.of(report.id()), Map.of("report_id", report.id()));
                ledger.reports().voided(report.id());
            } else if (landed(report)) {
                ledger.reports().imported(report.id(), "", "found in the lake after an interruption");
            } else {
                // its rejects may be there, without its rows
                lake.sales().remove("forget/" + report.id(), Set.of(report.id()), Map.of("report_id", report.id()));
                ledger.reports().forget(report.id());
            }
        }
    }

    private boolean landed(Report report) {
        return lake.landed(report.publication()).stream().anyMatch(committed -> committed.table() == LakeTable.SALES);
    }
}
