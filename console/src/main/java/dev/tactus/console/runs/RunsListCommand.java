package dev.tactus.console.runs;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.runs.Run;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description = "Lists the runs, newest first.",
        footerHeading = "%nExample:%n",
        footer = "  tactus runs list --json")
public final class RunsListCommand extends TactusCommand {
    /// A run and its counts.
    private record Row(Run run, ItemCounts counts) {}

    private static final List<Column<Row>> COLUMNS = List.of(
            new Column<>("RUN", row -> row.run().id()),
            new Column<>("STATE", row -> HumanFormat.label(row.run().state())),
            new Column<>("DAYS", row -> RunView.days(row.run())),
            new Column<>("DATASETS", row -> String.join(",", RunView.datasets(row.run()))),
            new Column<>("PLANNED", row -> row.counts().planned()),
            new Column<>("LANDED", row -> row.counts().of(ItemState.LANDED)),
            new Column<>("REQUESTS", row -> row.run().counters().requests()),
            new Column<>("NEXT", row -> next(row.run())),
            new Column<>("NOTE", row -> row.run().note()));

    public RunsListCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        try (Ledger ledger = Stores.ledgerToRead(options.configuration(), options.console())) {
            List<Row> rows = ledger.runs().list().stream()
                    .map(run -> new Row(run, ledger.items().counts(run.id())))
                    .toList();
            return options.printList(
                    new JsonObject(),
                    "runs",
                    rows,
                    row -> RunView.fields(row.run(), row.counts()),
                    COLUMNS,
                    rows.isEmpty() ? "no runs yet; tactus sync starts one" : sentence(rows));
        }
    }

    /// What somebody has to do about a run.
    private static String next(Run run) {
        return run.state().isUnfinished() ? "resume or abandon" : "";
    }

    private static String sentence(List<Row> rows) {
        long unfinished =
                rows.stream().filter(row -> row.run().state().isUnfinished()).count();
        return HumanFormat.counted(rows.size(), "run", "runs")
                + (unfinished == 0
                        ? ""
                        : ", " + unfinished
                                + " unfinished: tactus sync continues all of them, tactus runs resume RUN"
                                + " one of them; tactus runs abandon RUN gives one up");
    }
}
