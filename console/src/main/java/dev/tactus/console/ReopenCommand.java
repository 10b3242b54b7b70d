package dev.tactus.console;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.LedgerLock;
import dev.tactus.ledger.PeriodRecord;
import dev.tactus.reconcile.Closing;
import dev.tactus.reconcile.Period;
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
final class ReopenCommand implements Callable<Integer> {
    @Mixin
    private final Common common;

    @Mixin
    private final PeriodChoice choice = new PeriodChoice();

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who opens it, for the record.")
    private String by = "";

    @Option(names = "--reason", required = true, paramLabel = "REASON", description = "Why, for the record.")
    private String reason = "";

    ReopenCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        Named.check("--by", by);
        Named.check("--reason", reason);
        Period period = choice.period();
        Configuration configuration = common.configuration();
        List<PeriodRecord> records = new ArrayList<>();
        try (Ledger ledger = Ledgers.forWriting(configuration, common.console());
                LedgerLock _ = ledger.lock("reopen");
                Lake lake = Lakes.existing(configuration)) {
            Closing closing = CloseCommand.closing(
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
        return Exit.DONE;
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
            throw Failure.usage(period + " is not closed, of any source");
        }
        return closed;
    }
}
