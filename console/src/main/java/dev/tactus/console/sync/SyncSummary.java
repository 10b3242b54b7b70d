package dev.tactus.console.sync;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.runs.ItemCountsView;
import dev.tactus.ingest.catalog.CatalogSummary;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.runs.RunNote;
import dev.tactus.music.Dataset;
import dev.tactus.music.Severity;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The result of a run, for a royalty manager and, in the same terms, for programs.
record SyncSummary(
        Configuration configuration, String source, CatalogSummary catalog, SyncRequest request, SyncReport report) {
    private static final int NOTES_SHOWN = 8;

    /// Whether the run is over, if perhaps incomplete.
    boolean ok() {
        return switch (report.end()) {
            case FINISHED, INCOMPLETE -> true;
            case STOPPED -> false;
        };
    }

    int exit() {
        return switch (report.end()) {
            case FINISHED, INCOMPLETE -> report.verdict().complete() ? ExitCode.DONE : ExitCode.INCOMPLETE;
            case STOPPED -> ExitCode.FAILED;
        };
    }

    /// What `sync --json` says of one run.
    JsonObject fields() {
        return JsonObject.of("run_id", report.runId())
                .put("source", source)
                .put("days", report.days())
                .put("state", HumanFormat.label(report.end()))
                .putAll(ItemCountsView.fields(report.counts()))
                .put("accounted", report.accounted())
                .put("requests", report.calls().requests())
                .put("throttled", report.calls().throttled())
                .put("retried", report.calls().retried())
                .put("incomplete_because", report.verdict().reasons());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Run " + report.runId() + ": " + scope());
        lines.add("");
        outcomes(lines);
        lines.add("");
        lines.add(equation());
        lines.add(HumanFormat.counted(report.calls().requests(), "request", "requests") + ", "
                + HumanFormat.count(report.calls().throttled()) + " rate-limited (429), "
                + HumanFormat.count(report.calls().retried()) + " retried; " + HumanFormat.duration(report.took()));
        if (report.driftCount() > 0) {
            lines.add("New differences from the catalog or the last run: " + drifts() + " (tactus drift list)");
        }
        notes(lines);
        lines.add("");
        lines.addAll(end());
        return lines;
    }

    private String scope() {
        return source + ", "
                + request.datasets().stream().sorted().map(Dataset::label).collect(Collectors.joining(", ")) + " of "
                + HumanFormat.counted(catalog.recordings(), "recording", "recordings") + ", " + days();
    }

    private String days() {
        List<LocalDate> days = report.days();
        return days.size() == 1
                ? days.getFirst().toString()
                : days.size() + " days, " + days.getFirst() + " to " + days.getLast();
    }

    private void outcomes(List<String> lines) {
        for (ItemState state : ItemCountsView.OUTCOMES) {
            long count = report.counts().of(state);
            if (count > 0 || state == ItemState.LANDED) {
                lines.add(String.format("%12s  %-16s %s", HumanFormat.count(count), name(state), meaning(state))
                        .stripTrailing());
            }
        }
    }

    private static String name(ItemState state) {
        return HumanFormat.label(state).replace('_', ' ').replace("dead lettered", "dead letters");
    }

    private String meaning(ItemState state) {
        return switch (state) {
            case LANDED -> "in the lake: " + split(ItemState.LANDED);
            case NOT_FOUND -> "the source does not have them (asked twice): " + split(state);
            case DEAD_LETTERED -> "invalid payloads, set aside (tactus dead-letters list): " + split(state);
            case FELL_BACK -> "covered by a sales report instead: " + split(state);
            case AWAITING_REPORT ->
                "not available from the source, completely or in one territory; a sales report has to cover them: "
                        + split(state);
            case NOT_DUE ->
                "answered by an earlier run and not asked again (sync --new-run asks anew): " + split(state);
            case PARKED ->
                "postponed"
                        + report.nextDue()
                                .map(due -> ", the first until " + due.truncatedTo(ChronoUnit.SECONDS))
                                .orElse("")
                        + "; the same command continues with them: " + split(state);
            case PLANNED -> "not fetched yet";
        };
    }

    private String split(ItemState state) {
        Map<Dataset, Long> counts = new LinkedHashMap<>();
        report.slices().stream()
                .filter(slice -> slice.counts().of(state) > 0)
                .sorted((a, b) -> a.dataset().compareTo(b.dataset()))
                .forEach(slice -> counts.merge(slice.dataset(), slice.counts().of(state), Long::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey().label() + " " + HumanFormat.count(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String equation() {
        ItemCounts counts = report.counts();
        if (report.accounted()) {
            return "It adds up: " + HumanFormat.counted(counts.planned(), "item", "items")
                    + " planned (one per recording, dataset and day), all of them accounted for in ledger and"
                    + " lake.";
        }
        return HumanFormat.counted(counts.planned(), "item", "items") + " planned, " + HumanFormat.count(counts.open())
                + " not fetched yet.";
    }

    private String drifts() {
        return report.drifts().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<Severity, Long>comparingByKey().reversed())
                .map(entry -> HumanFormat.count(entry.getValue()) + " "
                        + entry.getKey().label())
                .collect(Collectors.joining(", "));
    }

    /// One line for each kind of note, its most frequent cases first.
    private void notes(List<String> lines) {
        Map<String, List<RunNote>> kinds = new LinkedHashMap<>();
        report.notes()
                .forEach(note -> kinds.computeIfAbsent(note.kind(), kind -> new ArrayList<>())
                        .add(note));
        kinds.forEach((kind, notes) -> lines.add("Note: " + kind.replace('_', ' ') + ": "
                + notes.stream().limit(NOTES_SHOWN).map(SyncSummary::text).collect(Collectors.joining(", "))
                + (notes.size() > NOTES_SHOWN
                        ? " and " + (notes.size() - NOTES_SHOWN) + " more (tactus runs show " + report.runId() + ")"
                        : "")));
    }

    private static String text(RunNote note) {
        String times = HumanFormat.counted(note.count(), "time", "times");
        return note.text().isEmpty() ? times : note.text() + (note.count() > 1 ? " (" + times + ")" : "");
    }

    private List<String> end() {
        List<String> lines = new ArrayList<>();
        switch (report.end()) {
            case STOPPED ->
                lines.add("Stopped; nothing is lost, and nothing is visible in the lake yet. The same command"
                        + " continues.");
            case FINISHED -> lines.add("Finished: " + where());
            case INCOMPLETE -> lines.add("Published what was fetched: " + where());
        }
        if (report.counts().overBudget() > 0) {
            lines.add(HumanFormat.counted(report.counts().overBudget(), "item was", "items were")
                    + " not reached: the budget is spent; the next tactus sync continues with them, the highest"
                    + " priority first.");
        }
        if (ok() && !report.verdict().complete()) {
            report.verdict().reasons().forEach(reason -> lines.add("Incomplete beyond the tolerance: " + reason));
        }
        return lines;
    }

    private String where() {
        String tables = report.tables().stream()
                .filter(table -> table.added() > 0)
                .map(table -> table.table().label() + " " + HumanFormat.count(table.added()))
                .collect(Collectors.joining(", "));
        return configuration.lake().toString() + (tables.isEmpty() ? "" : " (rows written: " + tables + ")");
    }
}
