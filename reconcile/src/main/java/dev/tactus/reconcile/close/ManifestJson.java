package dev.tactus.reconcile.close;

import dev.tactus.reconcile.HomeCurrency;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.ReconciliationStatus;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.coverage.CoverageGap;
import dev.tactus.reconcile.files.CanonicalCsv;
import dev.tactus.reconcile.join.Adjustment;
import dev.tactus.reconcile.join.ExcludedUsage;
import dev.tactus.reconcile.join.KeptDecision;
import dev.tactus.reconcile.join.ReconciliationTotals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Results as the plain maps and texts of a manifest or of a command's JSON; amounts are texts there.
public final class ManifestJson {
    private ManifestJson() {}

    /// The sums of a reconciliation.
    public static Map<String, Object> totals(ReconciliationTotals totals) {
        Map<String, Object> json = new LinkedHashMap<>(line(totals.all()));
        Map<String, Object> statuses = new LinkedHashMap<>();
        for (ReconciliationStatus status : ReconciliationStatus.values()) {
            statuses.put(status.label(), line(totals.of(status)));
        }
        json.put("statuses", statuses);
        json.put("revenues", revenues(totals.revenues()));
        json.put(
                "left_out", totals.leftOut().stream().map(ManifestJson::leftOut).toList());
        json.put("left_out_revenues", revenues(totals.leftOutRevenues()));
        return json;
    }

    private static Map<String, Object> line(ReconciliationTotals.Sums line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", line.rows());
        json.put("api_count", line.api());
        json.put("report_count", line.report());
        json.put("payable_count", line.payable());
        json.put("provisional_count", line.provisional());
        return json;
    }

    private static Map<String, Object> leftOut(ExcludedUsage left) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("reason", left.reason().label());
        json.put("report_id", left.reportId());
        json.put("usage", left.usage().label());
        json.put("rows", left.rows());
        json.put("quantity", left.quantity());
        json.put("revenues", revenues(left.revenue().map(List::of).orElse(List.of())));
        return json;
    }

    /// Amounts by currency.
    public static Map<String, String> revenues(List<Money> revenues) {
        Map<String, String> json = new TreeMap<>();
        revenues.forEach(money -> json.put(money.currency(), money.amount().toPlainString()));
        return json;
    }

    /// What amounts are worth in the home currency, and by which rates; `amount` is null where one of them has none.
    public static Map<String, @Nullable Object> home(HomeCurrency home, List<Money> revenues) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("currency", home.currency());
        json.put(
                "amount",
                home.worth(revenues)
                        .map(BigDecimal::stripTrailingZeros)
                        .map(BigDecimal::toPlainString)
                        .orElse(null));
        List<Object> rates = new ArrayList<>();
        home.rates().values().forEach(rate -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("currency", rate.currency());
            one.put("rate", rate.rate().toPlainString());
            one.put("of", rate.dated());
            one.put("source", rate.source());
            rates.add(one);
        });
        json.put("rates", rates);
        json.put("no_rate_for", List.copyOf(home.missing(revenues)));
        json.put("table_sha256", home.table().orElse(null));
        return json;
    }

    /// Coverage, its largest gaps with it.
    public static Map<String, Object> coverage(Coverage coverage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recording_days", coverage.recordingDays());
        json.put("by_api", coverage.byApi());
        json.put("by_report", coverage.byReport());
        json.put("by_silence_of_a_statement", coverage.bySilence());
        json.put("without_source", coverage.without());
        json.put("covered_share", coverage.covered().stripTrailingZeros().toPlainString());
        json.put("uncovered_share", coverage.uncovered().stripTrailingZeros().toPlainString());
        json.put("last_period_count", coverage.lastTotal());
        json.put("last_period_count_without_source", coverage.lastWithout());
        Map<String, Object> reasons = new TreeMap<>();
        coverage.byReason().forEach((reason, days) -> reasons.put(reason.label(), days));
        json.put("without_source_because", reasons);
        json.put("gap_count", coverage.gapCount());
        List<Object> gaps = new ArrayList<>();
        coverage.gaps().forEach(gap -> gaps.add(gap(gap)));
        json.put("gaps", gaps);
        return json;
    }

    private static Map<String, Object> gap(CoverageGap gap) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("isrc", gap.isrc());
        json.put("title", gap.title().orElse(""));
        json.put("territory", gap.territory());
        json.put("reason", gap.reason().label());
        json.put("days", gap.days());
        json.put("first", gap.first().toString());
        json.put("last", gap.last().toString());
        json.put("last_period_count", gap.lastCount());
        json.put("last_period_revenues", revenues(gap.lastRevenues()));
        return json;
    }

    /// What is corrected of one closed period.
    public static Map<String, Object> adjustment(Adjustment adjustment) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("corrects", adjustment.corrects());
        json.put("close_id", adjustment.closeId());
        json.put("rows", adjustment.rows());
        json.put("payable_count", adjustment.count());
        json.put("revenues", revenues(adjustment.revenues()));
        return json;
    }

    /// What is left out of a closed period, by what was decided when it was closed.
    public static Map<String, Object> kept(KeptDecision kept) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("corrects", kept.corrects());
        json.put("close_id", kept.closeId());
        json.put("rows", kept.rows());
        json.put("quantity", kept.quantity());
        json.put("revenues", revenues(kept.revenues()));
        json.put("overturned", kept.overturned());
        return json;
    }

    static Map<String, Object> csv(CanonicalCsv.Digest written) {
        return Map.of("rows", written.rows(), "sha256", written.sha256());
    }
}
