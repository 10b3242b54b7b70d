package dev.tactus.console.sync;

import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.runs.ItemCountsView;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ledger.items.ItemCounts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The result of a sync of one run or several, in one set of figures.
///
/// @param summaries in the order in which the runs ended, by source
record SyncResult(List<SyncSummary> summaries) {
    SyncResult {
        summaries = List.copyOf(summaries);
    }

    boolean ok() {
        return !summaries.isEmpty() && summaries.stream().allMatch(SyncSummary::ok);
    }

    int exit() {
        if (!ok()) {
            return ExitCode.FAILED;
        }
        return summaries.stream().allMatch(summary -> summary.exit() == ExitCode.DONE)
                ? ExitCode.DONE
                : ExitCode.INCOMPLETE;
    }

    /// The fields of `sync --json`: the figures are sums over all runs, the id is the last one's, and `runs` has each.
    JsonObject fields() {
        List<SyncReport> reports = summaries.stream().map(SyncSummary::report).toList();
        if (reports.isEmpty()) {
            return JsonObject.of("runs", List.of());
        }
        ItemCounts counts =
                ItemCounts.sum(reports.stream().map(SyncReport::counts).toList());
        List<LocalDate> days = reports.stream()
                .flatMap(report -> report.days().stream())
                .distinct()
                .sorted()
                .toList();
        List<String> reasons = summaries.stream()
                .flatMap(summary -> summary.report().verdict().reasons().stream()
                        .map(reason -> summaries.size() == 1
                                ? reason
                                : summary.report().runId() + ": " + reason))
                .toList();
        Map<String, Long> rows = new LinkedHashMap<>();
        reports.forEach(report ->
                report.tables().forEach(table -> rows.merge(table.table().label(), table.added(), Long::sum)));
        SyncSummary last = summaries.getLast();
        return JsonObject.of("run_id", last.report().runId())
                .put("days", days)
                .putAll(ItemCountsView.fields(counts))
                .put("accounted", reports.stream().allMatch(SyncReport::accounted))
                .put(
                        "requests",
                        reports.stream().mapToLong(r -> r.calls().requests()).sum())
                .put(
                        "throttled",
                        reports.stream().mapToLong(r -> r.calls().throttled()).sum())
                .put(
                        "retried",
                        reports.stream().mapToLong(r -> r.calls().retried()).sum())
                .put(
                        "drifts",
                        reports.stream().mapToLong(SyncReport::driftCount).sum())
                .put(
                        "seconds",
                        reports.stream().mapToLong(r -> r.took().toMillis()).sum() / 1000.0)
                .put("source", last.source())
                .put("state", HumanFormat.label(last.report().end()))
                .put("incomplete_because", reasons)
                .put(
                        "next_due",
                        reports.stream()
                                .flatMap(report -> report.nextDue().stream())
                                .min(Instant::compareTo))
                .put("catalog_rejected", last.catalog().rejected())
                .put("rows", rows)
                .put("runs", summaries.stream().map(SyncSummary::fields).toList());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        summaries.forEach(summary -> lines.addAll(summary.lines()));
        return lines;
    }
}
