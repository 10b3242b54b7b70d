package dev.tactus.reconcile.close;

import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.ReconciliationStatus;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.coverage.CoverageGap;
import dev.tactus.reconcile.join.ExcludedUsage;
import dev.tactus.reconcile.join.ReconciliationTotals;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Results as the plain maps and texts of a manifest or of a command's JSON; amounts are texts there.
public final class ManifestJson {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ManifestJson() {}

    /// A moment as a person reads it: `2026-12-05 09:00 UTC`.
    public static String when(Instant moment) {
        return WHEN.format(moment);
    }

    /// The sums of a reconciliation.
    public static Map<String, Object> totals(ReconciliationTotals totals) {
        Map<String, Object> told = new LinkedHashMap<>(line(totals.all()));
        Map<String, Object> statuses = new LinkedHashMap<>();
        for (ReconciliationStatus status : ReconciliationStatus.values()) {
            statuses.put(status.label(), line(totals.of(status)));
        }
        told.put("statuses", statuses);
        told.put("revenues", revenues(totals.revenues()));
        told.put(
                "left_out", totals.leftOut().stream().map(ManifestJson::leftOut).toList());
        return told;
    }

    private static Map<String, Object> line(ReconciliationTotals.Sums line) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("rows", line.rows());
        told.put("api_count", line.api());
        told.put("report_count", line.report());
        told.put("payable_count", line.payable());
        told.put("provisional_count", line.provisional());
        return told;
    }

    private static Map<String, Object> leftOut(ExcludedUsage left) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("reason", left.reason().label());
        told.put("report_id", left.reportId());
        told.put("usage", left.usage().label());
        told.put("rows", left.rows());
        told.put("quantity", left.quantity());
        told.put("revenues", revenues(left.revenue().map(List::of).orElse(List.of())));
        return told;
    }

    /// Amounts by currency.
    public static Map<String, String> revenues(List<Money> revenues) {
        Map<String, String> told = new TreeMap<>();
        revenues.forEach(money -> told.put(money.currency(), money.amount().toPlainString()));
        return told;
    }

    /// Coverage, its largest gaps with it.
    public static Map<String, Object> coverage(Coverage coverage) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("recording_days", coverage.asked());
        told.put("by_api", coverage.byApi());
        told.put("by_report", coverage.byReport());
        told.put("by_silence_of_a_statement", coverage.bySilence());
        told.put("without_source", coverage.without());
        told.put("covered_share", coverage.covered().stripTrailingZeros().toPlainString());
        told.put("uncovered_share", coverage.uncovered().stripTrailingZeros().toPlainString());
        told.put("last_period_count", coverage.lastTotal());
        told.put("last_period_count_without_source", coverage.lastWithout());
        Map<String, Object> reasons = new TreeMap<>();
        coverage.byReason().forEach((reason, days) -> reasons.put(reason.label(), days));
        told.put("without_source_because", reasons);
        told.put("gap_count", coverage.gapCount());
        List<Object> gaps = new ArrayList<>();
        coverage.gaps().forEach(gap -> gaps.add(gap(gap)));
        told.put("gaps", gaps);
        return told;
    }

    private static Map<String, Object> gap(CoverageGap gap) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("isrc", gap.isrc());
        told.put("title", gap.title().orElse(""));
        told.put("territory", gap.territory());
        told.put("reason", gap.reason().label());
        told.put("days", gap.days());
        told.put("first", gap.first().toString());
        told.put("last", gap.last().toString());
        told.put("last_period_count", gap.lastCount());
        told.put("last_period_revenues", revenues(gap.lastRevenues()));
        return told;
    }

    /// What is corrected of one closed period.
    public static Map<String, Object> adjustment(Adjustment adjustment) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("corrects", adjustment.corrects());
        told.put("close_id", adjustment.closeId());
        told.put("rows", adjustment.rows());
        told.put("payable_count", adjustment.count());
        told.put("revenues", revenues(adjustment.revenues()));
        return told;
    }

    static Map<String, Object> csv(CanonicalCsv.Digest written) {
        return Map.of("rows", written.rows(), "sha256", written.sha256());
    }
}
