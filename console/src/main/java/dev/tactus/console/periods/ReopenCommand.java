package dev.tactus.console.periods;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.ReasonOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.JsonObject;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.close.PeriodCloser;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "reopen",
        description = {
            "Reopens a closed period, on the record.",
            "The files and snapshots of the close stay where they are."
        },
        footerHeading = "%nExample:%n",
        footer = "  tactus reopen --period 2026-10 --source spotify --by Ada --reason \"the report was another"
                + " label's\"")
public final class ReopenCommand extends TactusCommand {
    @Mixin
    private final PeriodOptions choice = new PeriodOptions();

    @Mixin
    private final ReasonOptions decision = new ReasonOptions();

    public ReopenCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Period period = choice.period();
        Configuration configuration = options.configuration();
        List<PeriodRecord> records = new ArrayList<>();
        try (Ledger ledger = Stores.wholeLedgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("reopen");
                Lake lake = Stores.lakeToChange(configuration, ledger, options.console())) {
            PeriodCloser closing = CloseBaseCommand.closing(
                    configuration,
                    ledger,
                    lake,
                    configuration.rules(),
                    options.console().clock());
            for (String source : sources(ledger, period)) {
                records.add(closing.reopen(source, period, decision.by, decision.reason));
            }
            lake.count();
        }
        return options.printResult(
                JsonObject.of("period", period.label())
                        .put(
                                "reopened",
                                records.stream()
                                        .map(record -> JsonObject.of("source", record.source())
                                                .putAll(CloseBaseCommand.record(record)))
                                        .toList()),
                () -> records.stream()
                        .map(record -> record.source() + " " + period + " is open again, by " + decision.by + " ("
                                + record.id() + "); the close stays in its tags and its manifest")
                        .toList());
    }

    /// The one named, or all that have closed the period.
    private List<String> sources(Ledger ledger, Period period) {
        if (choice.source != null) {
            return List.of(choice.source);
        }
        List<String> closed = ledger.periods().list().stream()
                .map(PeriodRecord::source)
                .distinct()
                .filter(source -> ledger.periods().inForce(source).stream()
                        .anyMatch(one -> new Period(one.from(), one.to()).equals(period)))
                .toList();
        if (closed.isEmpty()) {
            throw CommandFailure.usage(period + " is not closed for any source: there is nothing to reopen. tactus"
                    + " periods list shows what is closed");
        }
        return closed;
    }
}
