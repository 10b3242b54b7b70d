package dev.tactus.console.sync;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.runs.ItemCountsView;
import dev.tactus.console.runs.RunsCommand;
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
import org.jspecify.annotations.Nullable;

/// What a run came to, for a royalty manager and, in the same terms, for programs.
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

    /// The fields of `sync --json`.
    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run_id", report.runId());
        fields.put("days", report.days());
        fields.putAll(ItemCountsView.fields(report.counts()));
        fields.put("accounted", report.accounted());
        fields.put("requests", report.calls().requests());
        fields.put("throttled", report.calls().throttled());
        fields.put("retried", report.calls().retried());
        fields.put("drifts", report.driftCount());
        fields.put("seconds", report.took().toMillis() / 1000.0);
        fields.put("source", source);
        fields.put("state", RunsCommand.lower(report.end()));
        fields.put("incomplete_because", report.verdict().reasons());
        fields.put("next_due", report.nextDue().orElse(null));
        fields.put("catalog_rejected", catalog.rejected());
        Map<String, Long> rows = new LinkedHashMap<>();
        report.tables().forEach(table -> rows.merge(table.table().label(), table.added(), Long::sum));
        fields.put("rows", rows);
        return fields;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Run " + report.runId() + ": " + asked());
        lines.add("");
        outcomes(lines);
        lines.add("");
        lines.add(equation());
        lines.add(HumanFormat.counted(report.calls().requests(), "call", "calls") + ", "
                + HumanFormat.count(report.calls().throttled()) + " refused for their rate, "
                + HumanFormat.count(report.calls().retried()) + " sent again; " + HumanFormat.duration(report.took()));
        if (report.driftCount() > 0) {
            lines.add("News against the master catalog or the last run: " + drifts() + " (tactus drift list)");
        }
        notes(lines);
        lines.add("");
        lines.addAll(end());
        return lines;
    }

    private String asked() {
        return "asked " + source + " for "
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
        return RunsCommand.lower(state).replace('_', ' ').replace("dead lettered", "dead letters");
    }

    private String meaning(ItemState state) {
        return switch (state) {
            case LANDED -> "in the lake: " + split(ItemState.LANDED);
            case NOT_FOUND -> "the source does not have them, asked twice: " + split(state);
            case DEAD_LETTERED -> "came back wrong and were set aside (tactus dead-letters list): " + split(state);
            case FELL_BACK -> "covered by a sales report instead: " + split(state);
            case AWAITING_REPORT ->
                "not available from the source, in whole or in a territory; a sales report will have to cover them: "
                        + split(state);
            case PARKED ->
                "put off"
                        + report.nextDue()
                                .map(due -> ", the first until " + due.truncatedTo(ChronoUnit.SECONDS))
                                .orElse("")
                        + "; the same command takes them up: " + split(state);
            case PLANNED -> "not yet asked";
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
            return "It adds up: " + HumanFormat.count(counts.planned())
                    + " planned (one for each recording, dataset and day), every one accounted for in ledger and lake.";
        }
        return HumanFormat.count(counts.planned()) + " planned, " + HumanFormat.count(counts.open())
                + " not yet asked.";
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
                + notes.stream().limit(NOTES_SHOWN).map(SyncSummary::told).collect(Collectors.joining(", "))
                + (notes.size() > NOTES_SHOWN
                        ? " and " + (notes.size() - NOTES_SHOWN) + " more (tactus runs show " + report.runId() + ")"
                        : "")));
    }

    private static String told(RunNote note) {
        return note.text() + (note.count() > 1 ? " (" + HumanFormat.count(note.count()) + " times)" : "");
    }

    private List<String> end() {
        List<String> lines = new ArrayList<>();
        switch (report.end()) {
            case STOPPED ->
                lines.add("Stopped; nothing is visible in the lake yet and nothing is lost. The same command goes on.");
            case FINISHED -> lines.add("Finished: " + where());
            case INCOMPLETE -> lines.add("Published what came in: " + where());
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
        return configuration.lake() + (tables.isEmpty() ? "" : " (rows written: " + tables + ")");
    }
}
