package dev.tactus.reconcile.files;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.reconcile.UtcMinute;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.manifest.CanonicalJson;
import dev.tactus.reconcile.manifest.CloseManifest;
import dev.tactus.reconcile.statements.StatementStatus;
import dev.tactus.reconcile.variance.Variance;
import dev.tactus.reconcile.variance.VarianceCounts;
import dev.tactus.reconcile.variance.VarianceFilter;
import dev.tactus.reconcile.variance.VarianceState;
import dev.tactus.reconcile.variance.VarianceTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What people have to do with a period: whose it is, who prepared and approved it, what was accepted and why, what
/// waits for somebody, which statements came, and the money beside that of the period before.
///
/// @param label whose recordings they are, as the catalog says; empty where it does not
/// @param prepared who prepared the close and when; empty where nobody has
/// @param approved who approved it; empty where nobody has
/// @param accepted what was taken although something spoke against it, and why, a sentence each
/// @param waiting rows that need a person, the largest differences first
/// @param decided rows about which somebody has decided
record PageFacts(
        String label,
        String prepared,
        String approved,
        List<String> accepted,
        VarianceCounts variances,
        List<Variance> waiting,
        List<Variance> decided,
        StatementStatus statements,
        List<MoneyTable> money,
        List<DeductionLine> deductions) {
    /// So many rows are listed.
    static final int LISTED = 20;

    private static final int LABELS = 3;

    /// Where nothing is known.
    static final PageFacts NONE = new PageFacts(
            "",
            "",
            "",
            List.of(),
            VarianceCounts.NONE,
            List.of(),
            List.of(),
            StatementStatus.UNKNOWN,
            List.of(),
            List.of());

    PageFacts {
        accepted = List.copyOf(accepted);
        waiting = List.copyOf(waiting);
        decided = List.copyOf(decided);
        money = List.copyOf(money);
        deductions = List.copyOf(deductions);
    }

    static PageFacts of(
            Ledger ledger,
            Lake lake,
            Workbench bench,
            PeriodParts parts,
            VarianceTable variances,
            StatementStatus statements,
            Optional<PeriodRecord> close) {
        Optional<JsonNode> manifest =
                close.flatMap(record -> CloseManifest.of(lake, record)).map(CloseManifest::json);
        return new PageFacts(
                label(ledger),
                prepared(ledger, parts, close, manifest),
                manifest.map(says -> says.path("approved").path("by").asString(""))
                        .orElse(""),
                accepted(ledger, bench, parts, close, manifest),
                variances.counts(),
                variances.list(
                        VarianceFilter.of(EnumSet.of(VarianceState.OPEN, VarianceState.STALE)), XlsxWriter.MOST_ROWS),
                variances.list(
                        VarianceFilter.of(EnumSet.of(VarianceState.ACCEPTED, VarianceState.DISPUTED)),
                        XlsxWriter.MOST_ROWS),
                statements,
                MoneyTable.of(lake, bench, parts),
                DeductionLine.of(lake, bench, parts));
    }

    private static String label(Ledger ledger) {
        List<String> labels = ledger.recordings().labels(LABELS + 1);
        return labels.size() > LABELS
                ? String.join(", ", labels.subList(0, LABELS)) + " and others"
                : String.join(", ", labels);
    }

    private static String prepared(
            Ledger ledger, PeriodParts parts, Optional<PeriodRecord> close, Optional<JsonNode> manifest) {
        return close.map(record -> record.by() + " on "
                        + UtcMinute.of(manifest.map(
                                        says -> says.path("prepared").path("at").asString(""))
                                .filter(at -> !at.isEmpty())
                                .map(Instant::parse)
                                .orElse(record.at())))
                .or(() -> ledger.closePreparations()
                        .find(
                                parts.source(),
                                parts.period().from(),
                                parts.period().to())
                        .map(one -> one.by() + " on " + UtcMinute.of(one.at()) + ", waits for a second person"))
                .orElse("");
    }

    private static List<String> accepted(
            Ledger ledger,
            Workbench bench,
            PeriodParts parts,
            Optional<PeriodRecord> close,
            Optional<JsonNode> manifest) {
        List<String> accepted = new ArrayList<>();
        close.flatMap(PeriodRecord::reason)
                .ifPresent(reason -> accepted.add("The close, "
                        + manifest.map(says -> CanonicalJson.texts(says.path("incomplete_because")))
                                .filter(reasons -> !reasons.isEmpty())
                                .map(reasons -> "although " + String.join("; ", reasons))
                                .orElse("which was complete")
                        + ": " + reason));
        QueryRows.texts(
                        bench,
                        "SELECT DISTINCT id FROM (SELECT unnest(report_ids) AS id FROM "
                                + bench.relation(parts.reconciled()) + ") ORDER BY id")
                .forEach(id -> ledger.reports()
                        .find(id)
                        .flatMap(report -> report.accepted().map(why -> said(report, why)))
                        .ifPresent(accepted::add));
        return accepted;
    }

    private static String said(Report report, String why) {
        return "The report " + report.name() + " of " + report.sender() + ", although the gate spoke against it: "
                + why;
    }
}
