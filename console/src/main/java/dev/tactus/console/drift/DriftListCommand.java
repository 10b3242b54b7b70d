package dev.tactus.console.drift;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.RowLimitOption;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.quality.Drift;
import dev.tactus.ledger.quality.DriftState;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Lists open differences from the catalog or the last run, most severe first.",
        footerHeading = "%nExample:%n",
        footer = "  tactus drift list")
public final class DriftListCommand extends TactusCommand {
    private static final List<Column<Drift>> COLUMNS = List.of(
            new Column<>("ID", Drift::id),
            new Column<>("SEVERITY", drift -> drift.difference().severity().label()),
            new Column<>("SOURCE", Drift::source),
            new Column<>("ISRC", drift -> drift.difference().isrc().value()),
            new Column<>("FIELD", drift -> drift.difference().field()),
            new Column<>("EXPECTED", drift -> drift.difference().expected()),
            new Column<>("FOUND", drift -> drift.difference().found()),
            new Column<>("SINCE", Drift::detectedAt));

    @Mixin
    private final RowLimitOption limit = new RowLimitOption();

    public DriftListCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        try (Ledger ledger = Stores.ledgerToRead(options.configuration(), options.console())) {
            List<Drift> open = ledger.drifts().open(limit.rows);
            long all = ledger.drifts().count(DriftState.OPEN);
            return options.printList(
                    JsonObject.of("open", all),
                    "drifts",
                    open,
                    DriftListCommand::fields,
                    COLUMNS,
                    all + " open" + (all > open.size() ? ", " + open.size() + " shown" : "")
                            + (all == 0 ? "" : "; tactus drift accept ID confirms the source's value"));
        }
    }

    static JsonObject fields(Drift drift) {
        return JsonObject.of("id", drift.id())
                .put("source", drift.source())
                .put("isrc", drift.difference().isrc().value())
                .put("field", drift.difference().field())
                .put("expected", drift.difference().expected())
                .put("found", drift.difference().found())
                .put("severity", drift.difference().severity().label())
                .put("state", HumanFormat.label(drift.state()))
                .put("detected_at", drift.detectedAt());
    }
}
