package dev.tactus.console.runs;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.SliceCounts;
import dev.tactus.ledger.publications.PublicationRecord;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunNote;
import dev.tactus.ledger.work.PageClaim;
import dev.tactus.ledger.work.PageCounts;
import dev.tactus.ledger.work.Worker;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows one run: its items by dataset and day, its commits and its notes.",
        footerHeading = "%nExample:%n",
        footer = "  tactus runs show 20261122T101530Z-spotify-4f2a")
public final class RunsShowCommand extends TactusCommand {
    /// All that the ledger holds of one run.
    private record Account(
            Run run,
            ItemCounts counts,
            List<SliceCounts> slices,
            List<PublicationRecord> publications,
            List<RunNote> notes,
            PageCounts pages,
            List<WorkerClaim> workers) {
        static Account of(Ledger ledger, Run run) {
            return new Account(
                    run,
                    ledger.items().counts(run.id()),
                    ledger.items().countsBySlice(run.id()),
                    ledger.publications().list(run.id()),
                    ledger.runNotes().list(run.id()),
                    ledger.pages().counts(run.id()),
                    ledger.pages().claims(run.id()).stream()
                            .flatMap(claim -> ledger.workers().list().stream()
                                    .filter(worker -> worker.number() == claim.worker())
                                    .map(worker -> new WorkerClaim(worker, claim)))
                            .toList());
        }
    }

    /// A worker, and what it has claimed of a run.
    private record WorkerClaim(Worker worker, PageClaim claim) {}

    @Parameters(paramLabel = "RUN", description = "The run's id, as tactus runs list prints it.")
    private String id = "";

    public RunsShowCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        try (Ledger ledger = Stores.ledgerToRead(options.configuration(), options.console())) {
            Run run = ledger.runs()
                    .find(id)
                    .orElseThrow(() -> CommandFailure.usage("there is no run " + id + "; see tactus runs list"));
            Account account = Account.of(ledger, run);
            return options.printResult(fields(account), () -> lines(account));
        }
    }

    private static JsonObject fields(Account account) {
        return RunView.fields(account.run(), account.counts())
                .put(
                        "slices",
                        account.slices().stream()
                                .map(slice -> JsonObject.of(
                                                "dataset", slice.dataset().label())
                                        .put("day", slice.day())
                                        .putAll(ItemCountsView.fields(slice.counts()))
                                        .put("open", slice.counts().open())
                                        .put("rows", slice.rows()))
                                .toList())
                .put(
                        "publications",
                        account.publications().stream()
                                .map(RunsShowCommand::fields)
                                .toList())
                .put(
                        "workers",
                        account.workers().stream()
                                .map(one -> JsonObject.of("worker", one.worker().number())
                                        .put("pid", one.worker().pid())
                                        .put("host", one.worker().host())
                                        .put("command", one.worker().command())
                                        .put("since", one.worker().since())
                                        .put("seen_at", one.worker().seenAt())
                                        .put("owns_quota", !one.worker().quota().isEmpty())
                                        .put("pages", one.claim().pages())
                                        .put("most_attempts", one.claim().attempts()))
                                .toList())
                .put(
                        "notes",
                        account.notes().stream()
                                .map(note -> JsonObject.of("kind", note.kind())
                                        .put("text", note.text())
                                        .put("count", note.count()))
                                .toList());
    }

    private static JsonObject fields(PublicationRecord publication) {
        return JsonObject.of("id", publication.id())
                .put("begun_at", publication.begunAt())
                .put("completed_at", publication.completedAt())
                .put(
                        "tables",
                        publication.tables().stream()
                                .map(t -> JsonObject.of("table", t.table())
                                        .put("snapshot_id", t.snapshotId())
                                        .put("rows", t.rows())
                                        .put("at", t.at()))
                                .toList());
    }

    private static List<String> lines(Account account) {
        Run run = account.run();
        List<String> lines = new ArrayList<>();
        lines.add(run.id() + ": " + HumanFormat.label(run.state())
                + (run.note().isEmpty() ? "" : " (" + run.note() + ")"));
        lines.add("source " + run.source() + ", days " + RunView.days(run) + ", datasets "
                + String.join(",", RunView.datasets(run)));
        lines.add("started " + run.startedAt()
                + run.endedAt().map(end -> ", last ended " + end).orElse("") + ", tactus " + run.codeVersion()
                + ", catalog " + run.catalogHash());
        lines.add("requests " + run.counters().requests() + ", rate-limited "
                + run.counters().throttled() + ", retried " + run.counters().retried());
        if (account.pages().open() > 0) {
            lines.add("pages " + account.pages().pages() + ", of which "
                    + account.pages().open() + " have something to fetch and "
                    + account.pages().claimed() + " are claimed");
        }
        lines.add("");
        lines.addAll(slices(account).lines());
        if (!account.workers().isEmpty()) {
            lines.add("");
            TextTable workers =
                    new TextTable("WORKER", "PROCESS", "ON", "COMMAND", "SINCE", "QUOTA", "PAGES", "ATTEMPTS");
            account.workers()
                    .forEach(one -> workers.row(
                            one.worker().number(),
                            one.worker().pid(),
                            one.worker().host(),
                            one.worker().command(),
                            one.worker().since(),
                            one.worker().quota().isEmpty() ? "" : "owner",
                            one.claim().pages(),
                            one.claim().attempts()));
            lines.addAll(workers.lines());
        }
        for (PublicationRecord publication : account.publications()) {
            lines.add("");
            lines.add("published " + publication.id() + " "
                    + publication.completedAt().map(Object::toString).orElse("(not complete)"));
            TextTable commits = new TextTable("TABLE", "SNAPSHOT", "ROWS", "AT");
            publication.tables().forEach(t -> commits.row(t.table(), t.snapshotId(), t.rows(), t.at()));
            lines.addAll(commits.lines());
        }
        if (!account.notes().isEmpty()) {
            lines.add("");
            TextTable notes = new TextTable("NOTE", "TEXT", "TIMES");
            account.notes().forEach(note -> notes.row(note.kind(), note.text(), note.count()));
            lines.addAll(notes.lines());
        }
        return lines;
    }

    private static TextTable slices(Account account) {
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
        account.slices()
                .forEach(slice -> table.row(cells(slice.dataset().label(), slice.day(), slice.counts(), slice.rows())));
        long rows = account.slices().stream().mapToLong(SliceCounts::rows).sum();
        return table.row(cells("all", "", account.counts(), rows));
    }

    private static Object[] cells(String dataset, Object day, ItemCounts counts, long rows) {
        List<Object> cells = new ArrayList<>(List.of(dataset, day, counts.planned()));
        ItemCountsView.OUTCOMES.forEach(state -> cells.add(counts.of(state)));
        cells.add(counts.open());
        cells.add(rows);
        return cells.toArray();
    }
}
