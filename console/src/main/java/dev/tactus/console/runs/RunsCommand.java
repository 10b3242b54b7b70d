package dev.tactus.console.runs;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LedgerAccess;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.TextTable;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.SliceCounts;
import dev.tactus.ledger.publications.PublicationRecord;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunNote;
import dev.tactus.music.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "runs", description = "The ledger's account of runs.", synopsisSubcommandLabel = "COMMAND")
public final class RunsCommand {

    @Command(
            name = "list",
            description = "Lists the runs, the newest first.",
            footerHeading = "%nExample:%n",
            footer = "  tactus runs list --json")
    public static final class RunsListCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        public RunsListCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            try (Ledger ledger = LedgerAccess.forReading(common.configuration(), common.console())) {
                List<Run> runs = ledger.runs().list();
                if (common.json) {
                    common.printJson(
                            true,
                            Map.of(
                                    "runs",
                                    runs.stream()
                                            .map(run ->
                                                    fields(run, ledger.items().counts(run.id())))
                                            .toList()));
                    return ExitCode.DONE;
                }
                TextTable table =
                        new TextTable("RUN", "STATE", "DAYS", "DATASETS", "PLANNED", "LANDED", "REQUESTS", "NOTE");
                for (Run run : runs) {
                    ItemCounts counts = ledger.items().counts(run.id());
                    table.row(
                            run.id(),
                            lower(run.state()),
                            days(run),
                            datasets(run),
                            counts.planned(),
                            counts.of(dev.tactus.ledger.items.ItemState.LANDED),
                            run.counters().requests(),
                            run.note());
                }
                if (table.isEmpty()) {
                    common.say("No run yet: tactus sync starts one.");
                } else {
                    table.lines().forEach(common::print);
                }
                return ExitCode.DONE;
            }
        }
    }

    @Command(
            name = "show",
            description = "Shows what became of one run: its items by dataset and day, and its commits.",
            footerHeading = "%nExample:%n",
            footer = "  tactus runs show 20261122T101530Z-spotify-4f2a")
    public static final class RunsShowCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        @Parameters(paramLabel = "RUN", description = "A run's id, as runs list prints it.")
        private String id = "";

        public RunsShowCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            try (Ledger ledger = LedgerAccess.forReading(common.configuration(), common.console())) {
                Run run = ledger.runs()
                        .find(id)
                        .orElseThrow(() ->
                                CommandFailure.usage("there is no run " + id + "; tactus runs list shows them all"));
                List<SliceCounts> slices = ledger.items().countsBySlice(id);
                List<PublicationRecord> publications = ledger.publications().list(id);
                List<RunNote> notes = ledger.runNotes().list(id);
                if (common.json) {
                    Map<String, @Nullable Object> result =
                            fields(run, ledger.items().counts(id));
                    result.put(
                            "slices", slices.stream().map(RunsCommand::fields).toList());
                    result.put(
                            "publications",
                            publications.stream().map(RunsCommand::fields).toList());
                    result.put(
                            "notes",
                            notes.stream()
                                    .map(note ->
                                            Map.of("kind", note.kind(), "text", note.text(), "count", note.count()))
                                    .toList());
                    common.printJson(true, result);
                } else {
                    print(run, ledger.items().counts(id), slices, publications, notes);
                }
                return ExitCode.DONE;
            }
        }

        private void print(
                Run run,
                ItemCounts counts,
                List<SliceCounts> slices,
                List<PublicationRecord> publications,
                List<RunNote> notes) {
            common.print(run.id() + ": " + lower(run.state()) + (run.note().isEmpty() ? "" : " (" + run.note() + ")"));
            common.print("source " + run.source() + ", days " + days(run) + ", datasets " + datasets(run));
            common.print("started " + run.startedAt()
                    + run.endedAt().map(end -> ", last ended " + end).orElse("") + ", by tactus " + run.codeVersion()
                    + ", catalog " + run.catalogHash());
            common.print("requests " + run.counters().requests() + ", throttled "
                    + run.counters().throttled() + ", retried " + run.counters().retried());
            common.print("");
            TextTable table = new TextTable(
                    "DATASET",
                    "DAY",
                    "PLANNED",
                    "LANDED",
                    "NOT FOUND",
                    "DEAD LETTERS",
                    "FELL BACK",
                    "AWAITING REPORT",
                    "PARKED",
                    "OPEN",
                    "ROWS");
            slices.forEach(
                    slice -> table.row(cells(slice.dataset().label(), slice.day(), slice.counts(), slice.rows())));
            table.row(cells(
                    "all",
                    "",
                    counts,
                    slices.stream().mapToLong(SliceCounts::rows).sum()));
            table.lines().forEach(common::print);
            for (PublicationRecord publication : publications) {
                common.print("");
                common.print("published " + publication.id() + " "
                        + publication.completedAt().map(Object::toString).orElse("(not complete)"));
                TextTable commits = new TextTable("TABLE", "SNAPSHOT", "ROWS", "AT");
                publication.tables().forEach(t -> commits.row(t.table(), t.snapshotId(), t.rows(), t.at()));
                commits.lines().forEach(common::print);
            }
            if (!notes.isEmpty()) {
                common.print("");
                TextTable said = new TextTable("NOTE", "WHAT", "TIMES");
                notes.forEach(note -> said.row(note.kind(), note.text(), note.count()));
                said.lines().forEach(common::print);
            }
        }

        private static Object[] cells(String dataset, Object day, ItemCounts counts, long rows) {
            List<Object> cells = new ArrayList<>(List.of(dataset, day, counts.planned()));
            ItemCountsView.OUTCOMES.forEach(state -> cells.add(counts.of(state)));
            cells.add(counts.open());
            cells.add(rows);
            return cells.toArray();
        }
    }

    private static Map<String, @Nullable Object> fields(Run run, ItemCounts counts) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run_id", run.id());
        fields.put("state", lower(run.state()));
        fields.put("source", run.source());
        fields.put("from", run.from());
        fields.put("to", run.to());
        fields.put(
                "datasets", run.datasets().stream().sorted().map(Dataset::label).toList());
        fields.putAll(ItemCountsView.fields(counts));
        fields.put("open", counts.open());
        fields.put("requests", run.counters().requests());
        fields.put("throttled", run.counters().throttled());
        fields.put("retried", run.counters().retried());
        fields.put("note", run.note());
        fields.put("started_at", run.startedAt());
        fields.put("ended_at", run.endedAt().orElse(null));
        fields.put("catalog_hash", run.catalogHash());
        fields.put("code_version", run.codeVersion());
        return fields;
    }

    private static Map<String, Object> fields(SliceCounts slice) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("dataset", slice.dataset().label());
        fields.put("day", slice.day());
        fields.putAll(ItemCountsView.fields(slice.counts()));
        fields.put("open", slice.counts().open());
        fields.put("rows", slice.rows());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(PublicationRecord publication) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", publication.id());
        fields.put("begun_at", publication.begunAt());
        fields.put("completed_at", publication.completedAt().orElse(null));
        fields.put(
                "tables",
                publication.tables().stream()
                        .map(t -> Map.of(
                                "table", t.table(), "snapshot_id", t.snapshotId(), "rows", t.rows(), "at", t.at()))
                        .toList());
        return fields;
    }

    private static String days(Run run) {
        return run.from().equals(run.to()) ? run.from().toString() : run.from() + ".." + run.to();
    }

    private static String datasets(Run run) {
        return run.datasets().stream().sorted().map(Dataset::label).collect(Collectors.joining(","));
    }

    public static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
