package dev.tactus.console.lake;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "copy",
        description = {
            "Moves a ledger from a SQLite file to the PostgreSQL server that the configuration names.",
            "Every row is read back and compared before anything is kept. The server's ledger must be empty; the file"
                    + " stays as it is."
        },
        footerHeading = "%nExample:%n",
        footer = "  tactus ledger copy ./ledger.db")
public final class LedgerCopyCommand extends TactusCommand {
    @Parameters(paramLabel = "FILE", description = "The ledger so far. No command may work on it meanwhile.")
    private Path file = Path.of("");

    public LedgerCopyCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        if (configuration.ledger().file().isPresent()) {
            throw CommandFailure.usage(configuration.file() + " names the ledger " + configuration.ledger()
                    + ", which is a file: name the server to copy to under `ledger:`, such as"
                    + " jdbc:postgresql://host/database");
        }
        if (!Files.exists(file)) {
            throw CommandFailure.usage("there is no ledger " + file);
        }
        try (DatabaseLock _ = Ledger.lock(file, "ledger copy", options.console().clock())) {
            Map<String, Long> rows = ServerLedgers.fill(configuration, file, options.console());
            if (configuration.lake().exists()) {
                // from now on the lake names the new place
                try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                        DatabaseLock _ = ledger.lock("ledger copy");
                        Lake lake = Stores.lakeToChange(configuration, ledger, options.console())) {
                    lake.ownership()
                            .belongTo(
                                    ledger.bonds().get().ledgerId(),
                                    configuration.ledger().toString());
                }
            }
            long all = rows.values().stream().mapToLong(Long::longValue).sum();
            return options.printResult(
                    JsonObject.of("from", file.toString())
                            .put("ledger", configuration.ledger().toString())
                            .put("rows", all)
                            .put("tables", tables(rows)),
                    () -> List.of(
                            "copied " + HumanFormat.counted(all, "row", "rows") + " of "
                                    + HumanFormat.counted(rows.size(), "table", "tables") + " from " + file + " to "
                                    + configuration.ledger() + ", and compared each",
                            "Keep " + file + " as a backup; from now on it is out of date"));
        }
    }

    private static JsonObject tables(Map<String, Long> rows) {
        JsonObject tables = new JsonObject();
        rows.forEach(tables::put);
        return tables;
    }
}
