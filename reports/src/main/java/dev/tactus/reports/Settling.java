package dev.tactus.reports;

import dev.tactus.lake.Lake;
import dev.tactus.lake.LakeTable;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.Report;
import dev.tactus.ledger.ReportState;
import java.util.Map;
import java.util.Set;

/// Finishes or undoes what a killed process left between ledger and lake. Done again, it changes nothing.
final class Settling {
    private final Ledger ledger;
    private final Lake lake;

    Settling(Ledger ledger, Lake lake) {
        this.ledger = ledger;
        this.lake = lake;
    }

    void run() {
        new MatchTable(ledger, lake).publish();
        for (Report report : ledger.reports().unsettled()) {
            if (report.state() == ReportState.VOIDING) {
                lake.takeBack("void/" + report.id(), Set.of(report.id()), Map.of("report_id", report.id()));
                ledger.reports().voided(report.id());
            } else if (landed(report)) {
                ledger.reports().imported(report.id(), "", "found in the lake after an interruption");
            } else {
                // its rejects may be there, without its rows
                lake.takeBack("forget/" + report.id(), Set.of(report.id()), Map.of("report_id", report.id()));
                ledger.reports().forget(report.id());
            }
        }
    }

    private boolean landed(Report report) {
        return lake.landed(report.id()).stream().anyMatch(committed -> committed.table() == LakeTable.SALES);
    }
}
