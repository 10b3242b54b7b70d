package dev.tactus.console.periods;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LakeAccess;
import dev.tactus.console.command.LedgerAccess;
import dev.tactus.console.command.RecordedText;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.close.PeriodCloser;
import dev.tactus.sqlite.DatabaseLock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reopen",
        description = "Opens a closed period again, on the record. What it was closed with stays where it is.",
        footerHeading = "%nExample:%n",
        footer =
                "  tactus reopen --period 2026-10 --source spotify --by Ada --reason \"the report was another label's\"")
public final class ReopenCommand implements Callable<Integer> {
    @Mixin
    private final CommandOptions common;

    @Mixin
    private final PeriodOptions choice = new PeriodOptions();

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who opens it, for the record.")
    private String by = "";

    @Option(names = "--reason", required = true, paramLabel = "REASON", description = "Why, for the record.")
    private String reason = "";

    public ReopenCommand(CommandOptions common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        RecordedText.check("--by", by);
        RecordedText.check("--reason", reason);
        Period period = choice.period();
        Configuration configuration = common.configuration();
        List<PeriodRecord> records = new ArrayList<>();
        try (Ledger ledger = LedgerAccess.forWriting(configuration, common.console());
                DatabaseLock _ = ledger.lock("reopen");
                Lake lake = LakeAccess.existing(configuration)) {
            PeriodCloser closing = CloseCommand.closing(
                    configuration, ledger, lake, common.console().clock());
            for (String source : sources(ledger, period)) {
                records.add(closing.reopen(source, period, by, reason));
            }
        }
        if (common.json) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("period", period.label());
            object.put(
                    "reopened",
                    records.stream()
                            .map(record -> {
                                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                                fields.put("source", record.source());
                                fields.putAll(CloseCommand.record(record));
                                return fields;
                            })
                            .toList());
            common.printJson(true, object);
        } else {
            records.forEach(record -> common.print(record.source() + " " + period + " is open again, by " + by + " ("
                    + record.id() + "); what it was closed with stays in its tags and its manifest"));
        }
        return ExitCode.DONE;
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
            throw CommandFailure.usage(period + " is not closed, of any source");
        }
        return closed;
    }
}
