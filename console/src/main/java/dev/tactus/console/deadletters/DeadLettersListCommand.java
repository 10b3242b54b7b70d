package dev.tactus.console.deadletters;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.RowLimitOption;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.quality.DeadLetter;
import dev.tactus.ledger.quality.DeadLetterState;
import dev.tactus.ledger.quality.NewDeadLetter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Lists payloads that were set aside and wait for a fix, newest first.",
        footerHeading = "%nExample:%n",
        footer = "  tactus dead-letters list")
public final class DeadLettersListCommand extends TactusCommand {
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
    private final RowLimitOption limit = new RowLimitOption();

    public DeadLettersListCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        try (Ledger ledger = Stores.ledgerToRead(options.configuration(), options.console())) {
            List<DeadLetter> open = ledger.deadLetters().list(DeadLetterState.OPEN, limit.rows);
            long all = ledger.deadLetters().count(DeadLetterState.OPEN);
            return options.printList(
                    JsonObject.of("open", all),
                    "dead_letters",
                    open,
                    DeadLettersListCommand::fields,
                    COLUMNS,
                    all + " open" + (all > open.size() ? ", " + open.size() + " shown" : "")
                            + (all == 0
                                    ? ""
                                    : "; tactus dead-letters show ID prints the payload, tactus dead-letters replay"
                                            + " tries again"));
        }
    }

    static JsonObject fields(DeadLetter dead) {
        NewDeadLetter letter = dead.letter();
        return JsonObject.of("id", dead.id())
                .put("state", HumanFormat.label(dead.state()))
                .put("run_id", letter.runId())
                .put("source", letter.source())
                .put("endpoint", letter.endpoint())
                .put("isrc", letter.isrc() == null ? null : letter.isrc().value())
                .put(
                        "dataset",
                        letter.dataset() == null ? null : letter.dataset().label())
                .put("day", letter.day())
                .put("reason", letter.reason())
                .put("pointer", letter.pointer())
                .put("detail", letter.detail())
                .put("request", letter.request())
                .put("payload_sha256", letter.payloadSha256())
                .put("created_at", dead.createdAt());
    }
}
