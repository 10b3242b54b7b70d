package dev.tactus.console.periods;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.Period;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description = "Lists what was closed and reopened, in the order of the chain.",
        footerHeading = "%nExample:%n",
        footer = "  tactus periods list")
public final class PeriodsListCommand extends TactusCommand {
    /// A record, and whether it is a close that nobody has reopened.
    private record Row(PeriodRecord record, boolean inForce) {}

    private static final List<Column<Row>> COLUMNS = List.of(
            new Column<>("ID", row -> row.record().id()),
            new Column<>("KIND", row -> kind(row.record())),
            new Column<>("SOURCE", row -> row.record().source()),
            new Column<>("PERIOD", row -> period(row.record())),
            new Column<>("IN FORCE", row -> row.inForce() ? "yes" : ""),
            new Column<>("BY", row -> row.record().by()),
            new Column<>("AT", row -> row.record().at()),
            new Column<>("REASON", row -> row.record().reason().orElse("")));

    public PeriodsListCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        try (Ledger ledger = Stores.ledgerToRead(options.configuration(), options.console())) {
            List<PeriodRecord> records = ledger.periods().list();
            Set<Long> reopened = new HashSet<>();
            records.forEach(record -> record.reopens().ifPresent(reopened::add));
            List<Row> rows = records.stream()
                    .map(record -> new Row(record, record.closes() && !reopened.contains(record.number())))
                    .toList();
            long inForce = rows.stream().filter(Row::inForce).count();
            return options.printList(
                    JsonObject.of("in_force", inForce),
                    "periods",
                    rows,
                    PeriodsListCommand::fields,
                    COLUMNS,
                    HumanFormat.counted(inForce, "period is", "periods are") + " closed");
        }
    }

    private static JsonObject fields(Row row) {
        PeriodRecord record = row.record();
        return JsonObject.of("id", record.id())
                .put("kind", kind(record))
                .put("source", record.source())
                .put("period", period(record))
                .put("from", record.from())
                .put("to", record.to())
                .put("in_force", row.inForce())
                .put("by", record.by())
                .put("reason", record.reason())
                .put("at", record.at())
                .put("number", record.number())
                .put("reopens", record.reopens())
                .put("manifest", record.manifest())
                .put("manifest_sha256", record.manifestSha256());
    }

    private static String kind(PeriodRecord record) {
        return record.closes() ? "close" : "reopening";
    }

    private static String period(PeriodRecord record) {
        return new Period(record.from(), record.to()).label();
    }
}
