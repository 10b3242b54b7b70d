package dev.tactus.reports.matching;

import dev.tactus.digest.Sha256Stream;
import dev.tactus.lake.Lake;
import dev.tactus.lake.publication.ReportDecisionRow;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.ReportDecision;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The lake's table of what people decided that texts in reports mean: as the ledger has it, which decides. The
/// ledger's lock has to be held.
public final class ReportDecisionTable {
    private static final int DIGITS = 12;

    private final Ledger ledger;
    private final Lake lake;

    public ReportDecisionTable(Ledger ledger, Lake lake) {
        this.ledger = ledger;
        this.lake = lake;
    }

    /// Brings the table to what the ledger says; where it is that already, nothing is done.
    public void publish() {
        List<ReportDecision> decisions = ledger.reportDecisions().list();
        if (decisions.isEmpty()) {
            return;
        }
        Sha256Stream digest = new Sha256Stream();
        decisions.forEach(decision -> digest.update((decision + "\n").getBytes(StandardCharsets.UTF_8)));
        lake.replaceReportDecisions(
                "decisions/" + decisions.size() + "/" + digest.digest().hex(DIGITS),
                decisions.stream().map(ReportDecisionTable::row).toList());
    }

    private static ReportDecisionRow row(ReportDecision decision) {
        return new ReportDecisionRow(
                decision.subject().label(),
                decision.sender(),
                decision.text(),
                decision.meaning(),
                decision.by(),
                decision.at(),
                decision.revoked().map(ReportDecision.Revocation::by).orElse(null),
                decision.revoked().map(ReportDecision.Revocation::at).orElse(null));
    }
}
