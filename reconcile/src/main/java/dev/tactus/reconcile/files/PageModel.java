package dev.tactus.reconcile.files;

import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.reconcile.HomeCurrency;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.ReconciliationStatus;
import dev.tactus.reconcile.UtcMinute;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.coverage.CoverageGap;
import dev.tactus.reconcile.join.Adjustment;
import dev.tactus.reconcile.join.ExcludedUsage;
import dev.tactus.reconcile.join.Reconciliation;
import dev.tactus.reconcile.join.ReconciliationTotals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a page about a reconciliation says, as the template takes it: plain texts, lists and maps.
///
/// @param facts what people have to do with it
/// @param close the close in force, if the period is closed
/// @param reports those of its statements, by id
/// @param homeBefore what other currencies were worth in that of the books in the period before
record PageModel(
        Reconciliation done,
        Coverage coverage,
        Findings findings,
        PageFacts facts,
        Optional<PeriodRecord> close,
        Map<String, Report> reports,
        Optional<HomeCurrency> homeBefore,
        String version) {
    private static final int GAPS = 20;

    ReconciliationTotals totals() {
        return done.totals();
    }

    /// Its money in the home currency.
    HomeModel home() {
        return new HomeModel(done.rules().home(), homeBefore, totals().revenues());
    }

    Map<String, Object> page() {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("source", done.source());
        page.put("period", FigureFormat.named(done.period()));
        page.put("label", done.period().label());
        page.put("days", done.period().from() + " to " + done.period().to());
        page.put(
                "closed",
                close.map(record -> record.by() + " on " + UtcMinute.of(record.at()))
                        .orElse(""));
        page.put("is_closed", close.isPresent());
        page.put("is_empty", totals().all().rows() == 0);
        page.put("tiles", tiles());
        page.put("sentences", SummarySentences.of(this));
        page.put("statuses", statuses());
        page.put(
                "territories",
                findings.territories().stream().map(PageModel::territory).toList());
        page.put("territory_count", FigureFormat.counted(findings.territories().size(), "territory", "territories"));
        page.put("has_territory_chart", findings.territories().stream().anyMatch(one -> one.difference() != 0));
        page.put(
                "differences",
                findings.differences().stream().map(PageModel::difference).toList());
        page.put("has_differences", !findings.differences().isEmpty());
        page.put(
                "more_differences",
                findings.differing() > findings.differences().size());
        page.put("difference_count", FigureFormat.count(findings.differing()));
        page.put(
                "one_sided",
                findings.oneSided().stream().map(PageModel::difference).toList());
        page.put("has_one_sided", !findings.oneSided().isEmpty());
        page.put(
                "more_one_sided", findings.oneSidedCount() > findings.oneSided().size());
        page.put("one_sided_count", FigureFormat.count(findings.oneSidedCount()));
        page.put("has_coverage", coverage.recordingDays() > 0);
        page.put("coverage_sentence", coverageSentence());
        page.put("coverage_days", coverage.days().stream().map(PageModel::day).toList());
        page.put(
                "gaps", coverage.gaps().stream().limit(GAPS).map(PageModel::gap).toList());
        page.put("has_gaps", !coverage.gaps().isEmpty());
        page.put("gap_count", FigureFormat.counted(coverage.gapCount(), "gap", "gaps"));
        page.put("more_gaps", coverage.gapCount() > GAPS);
        page.put(
                "adjustments",
                done.adjustments().stream().map(PageModel::adjustment).toList());
        page.put("has_adjustments", !done.adjustments().isEmpty());
        page.put(
                "left_out",
                totals().leftOut().stream().limit(GAPS).map(PageModel::leftOut).toList());
        page.put("has_left_out", !totals().leftOut().isEmpty());
        page.put("more_left_out", totals().leftOut().size() > GAPS);
        page.put(
                "statements",
                findings.statements().stream().map(this::statement).toList());
        page.put("has_statements", !findings.statements().isEmpty());
        page.put(
                "more_statements",
                FigureFormat.count(
                        findings.statementCount() - findings.statements().size()));
        page.put(
                "has_more_statements",
                findings.statementCount() > findings.statements().size());
        page.put("provenance", provenance());
        page.putAll(home().page());
        page.putAll(FactsModel.of(facts, home()));
        return page;
    }

    String coverageSentence() {
        return FigureFormat.percent(coverage.recordingDays() - coverage.without(), coverage.recordingDays()) + " of "
                + FigureFormat.count(coverage.recordingDays())
                + " recording-days (each recording on each day) have a source";
    }

    /// By how much of the API's count a row differs.
    static String share(Findings.Difference one) {
        return FigureFormat.signedPercent(one.difference(), one.api().orElse(0L))
                .map(share -> "(" + share + ")")
                .orElse("");
    }

    private List<Map<String, Object>> tiles() {
        ReconciliationTotals.Sums all = totals().all();
        List<Map<String, Object>> tiles = new ArrayList<>();
        tiles.add(tile("Payable", FigureFormat.count(all.payable()), "", "plays"));
        if (home().total().isPresent()) {
            Money earned = home().total().get();
            tiles.add(tile(
                    "Earned",
                    FigureFormat.amount(earned),
                    earned.currency(),
                    "according to the statements: " + FigureFormat.money(totals().revenues())));
        } else if (!totals().revenues().isEmpty()) {
            tiles.add(tile(
                    "Earned",
                    FigureFormat.amount(totals().revenues().getFirst()),
                    totals().revenues().getFirst().currency(),
                    totals().revenues().size() == 1
                            ? "according to the statements"
                            : "and "
                                    + FigureFormat.money(totals().revenues()
                                            .subList(1, totals().revenues().size()))));
        }
        tiles.add(tile(
                "Final",
                FigureFormat.percent(all.payable() - all.provisional(), all.payable()),
                "",
                all.payable() == 0
                        ? "nothing is payable"
                        : all.provisional() == 0
                                ? "nothing is provisional"
                                : FigureFormat.count(all.provisional()) + " may still change"));
        long both = SummarySentences.both(totals(), true);
        tiles.add(tile(
                "Difference",
                FigureFormat.signedPercent(SummarySentences.both(totals(), false) - both, both)
                        .orElse("–"),
                "",
                "reports against API, where both have a count"));
        if (coverage.recordingDays() > 0) {
            tiles.add(tile(
                    "Covered",
                    FigureFormat.percent(coverage.recordingDays() - coverage.without(), coverage.recordingDays()),
                    "",
                    coverage.gapCount() == 0 ? "no gaps" : FigureFormat.counted(coverage.gapCount(), "gap", "gaps")));
        }
        return tiles;
    }

    private static Map<String, Object> tile(String name, String figure, String unit, String note) {
        return Map.of("name", name, "figure", figure, "has_unit", !unit.isEmpty(), "unit", unit, "note", note);
    }

    private List<Map<String, String>> statuses() {
        List<Map<String, String>> rows = new ArrayList<>();
        for (ReconciliationStatus status : ReconciliationStatus.values()) {
            rows.add(line(status.words(), "status-" + status.label(), totals().of(status)));
        }
        rows.add(line("all", "", totals().all()));
        return rows;
    }

    private static Map<String, String> line(String name, String style, ReconciliationTotals.Sums line) {
        return Map.of(
                "name", name,
                "style", style,
                "rows", FigureFormat.count(line.rows()),
                "api", FigureFormat.count(line.api()),
                "report", FigureFormat.count(line.report()),
                "payable", FigureFormat.count(line.payable()),
                "provisional", FigureFormat.count(line.provisional()));
    }

    private static Map<String, String> territory(Findings.Territory one) {
        return Map.of(
                "code", one.code(),
                "api", FigureFormat.count(one.api()),
                "report", FigureFormat.count(one.report()),
                "difference", FigureFormat.signed(one.difference()),
                "share", FigureFormat.signedPercent(one.difference(), one.api()).orElse("–"),
                "api_only", FigureFormat.count(one.apiOnly()),
                "report_only", FigureFormat.count(one.reportOnly()),
                "payable", FigureFormat.count(one.payable()));
    }

    private static Map<String, String> difference(Findings.Difference one) {
        return Map.of(
                "title", one.name(),
                "artists", one.artists().orElse(""),
                "isrc", one.isrc(),
                "territory", one.territory(),
                "usage", one.usageType(),
                "api", one.api().map(FigureFormat::count).orElse("–"),
                "report", one.report().map(FigureFormat::count).orElse("–"),
                "difference", FigureFormat.signed(one.difference()),
                "why", one.explanation());
    }

    private static Map<String, String> day(Coverage.Day day) {
        return Map.of(
                "day", day.day().toString(),
                "api", FigureFormat.count(day.byApi()),
                "report", FigureFormat.count(day.byReport()),
                "silent", FigureFormat.count(day.bySilence()),
                "none", FigureFormat.count(day.without()));
    }

    private static Map<String, String> gap(CoverageGap gap) {
        return Map.of(
                "title", gap.title().filter(text -> !text.isBlank()).orElse(gap.isrc()),
                "isrc", gap.isrc(),
                "territory", gap.territory().equals("*") ? "all" : gap.territory(),
                "days", FigureFormat.count(gap.days()),
                "between", gap.first().equals(gap.last()) ? gap.first().toString() : gap.first() + " – " + gap.last(),
                "last", FigureFormat.count(gap.lastCount()),
                "earned", FigureFormat.money(gap.lastRevenues()),
                "why", gap.reason().words());
    }

    private static Map<String, String> adjustment(Adjustment one) {
        return Map.of(
                "corrects", one.corrects(),
                "close", one.closeId(),
                "rows", FigureFormat.count(one.rows()),
                "count", FigureFormat.signed(one.count()),
                "money", FigureFormat.money(one.revenues()));
    }

    private static Map<String, String> leftOut(ExcludedUsage left) {
        return Map.of(
                "rows", FigureFormat.count(left.rows()),
                "report", left.reportId(),
                "usage", left.usage().label(),
                "quantity", FigureFormat.count(left.quantity()),
                "money", left.revenue().map(FigureFormat::money).orElse(""),
                "why", left.reason().words());
    }

    private Map<String, String> statement(Findings.Statement statement) {
        Optional<Report> report = Optional.ofNullable(reports.get(statement.id()));
        return Map.of(
                "id", statement.id(),
                "file", report.map(Report::name).orElse(""),
                "sender", report.map(Report::sender).orElse(""),
                "rows", FigureFormat.count(statement.rows()),
                "sha256", report.map(Report::sha256).orElse(""));
    }

    private List<Map<String, String>> provenance() {
        List<Map<String, String>> rows = new ArrayList<>();
        rows.add(Map.of("name", "Reconciliation", "value", done.id()));
        close.ifPresent(record -> {
            rows.add(Map.of("name", "Close", "value", record.id()));
            rows.add(Map.of("name", "Manifest, SHA-256", "value", record.manifestSha256()));
        });
        done.snapshots()
                .forEach((table, snapshot) ->
                        rows.add(Map.of("name", "Snapshot of " + table.label(), "value", Long.toString(snapshot))));
        done.rules()
                .written()
                .forEach((name, value) ->
                        rows.add(Map.of("name", "Rule " + name.toLowerCase(Locale.ROOT), "value", value)));
        rows.add(Map.of("name", "Made by", "value", "Tactus " + version));
        return rows;
    }
}
