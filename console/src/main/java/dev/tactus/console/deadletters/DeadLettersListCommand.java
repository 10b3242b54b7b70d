package dev.tactus.console.deadletters;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.console.command.Stores;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.quality.DeadLetter;
import dev.tactus.ledger.quality.DeadLetterState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "Lists payloads that were set aside and wait for a fix, newest first.",
        footerHeading = "%nExample:%n",
        footer = "  tactus dead-letters list")
public final class DeadLettersListCommand implements Callable<Integer> {
    private static final List<Column<DeadLetter>> COLUMNS = List.of(
            new Column<>("ID", DeadLetter::id),
            new Column<>("SOURCE", dead -> dead.letter().source()),
            new Column<>("ENDPOINT", dead -> dead.letter().endpoint()),
            new Column<>("ISRC", dead -> dead.letter().isrc()),
            new Column<>("DAY", dead -> dead.letter().day()),
            new Column<>("REASON", dead -> dead.letter().reason()),
            new Column<>("POINTER", dead -> dead.letter().pointer()),
            new Column<>("DETAIL", dead -> dead.letter().detail()));

    @Mixin
    private final CommandOptions options;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            converter = OptionTypes.RowCount.class,
            description = "Show at most N. Default: ${DEFAULT-VALUE}")
    private int limit = 1000;

    public DeadLettersListCommand(CommandOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        try (Ledger ledger = Stores.ledgerToRead(options.configuration(), options.console())) {
            List<DeadLetter> open = ledger.deadLetters().list(DeadLetterState.OPEN, limit);
            long all = ledger.deadLetters().count(DeadLetterState.OPEN);
            return options.printList(
                    JsonObject.of("open", all),
                    "dead_letters",
                    open,
                    DeadLetterJson::fields,
                    COLUMNS,
                    all + " open" + (all > open.size() ? ", " + open.size() + " shown" : "")
                            + (all == 0
                                    ? ""
                                    : "; tactus dead-letters show ID prints the payload, tactus dead-letters replay"
                                            + " tries again"));
        }
    }
}
