package dev.tactus.console.periods;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.lake.Lake;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.table.LakeIdentity;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.journal.JournalVerdict;
import dev.tactus.ledger.journal.LedgerJournal;
import dev.tactus.ledger.runs.Run;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.audit.Audit;
import dev.tactus.reconcile.audit.AuditVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "audit",
        description = {
            "Proves that a run, a closed period or everything adds up.",
            "Without arguments, checks both sides: the ledger, every data file to the byte, the owner of every row,",
            "every count derived anew from its answer, sales, closes. Changes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus audit --period 2026-10",
            "  tactus audit 20261122T101530Z-spotify-4f2a",
            "  tactus audit                              everything there is"
        })
public final class AuditCommand extends TactusCommand {
    private static final int TRIES = 3;

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run's id, as tactus runs list prints it.")
    private @Nullable String runId;

    @Option(names = "--period", paramLabel = "P", description = "A closed period, such as 2026-10.")
    private @Nullable Period period;

    @Option(names = "--source", paramLabel = "NAME", description = "With --period: one source only.")
    private @Nullable String source;

    public AuditCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        if (runId != null && period != null) {
            throw CommandFailure.usage("name either a run or --period, not both");
        }
        Configuration configuration = options.configuration();
        try (Ledger ledger = Stores.ledgerToRead(configuration, options.console());
                Lake lake = Stores.lakeAsItIs(configuration, ledger, options.console());
                SourcePayloads payloads = new SourcePayloads(configuration, options.console())) {
            checkSource(configuration, ledger);
            Audit audit = new Audit(ledger, lake, configuration.services(), PeriodOptions.MEGABYTES);
            return end(settled(
                    () -> lake.ownership().identity().map(LakeIdentity::epoch).orElse(0L),
                    () -> withJournal(configuration, ledger, verdict(audit, ledger, payloads))));
        } catch (LakeDamaged e) {
            // the lake does not even open: what an audit is for
            return end(new AuditVerdict.Differs(List.of(), "the lake", String.valueOf(e.getMessage())));
        }
    }

    /// A difference that was found while somebody changed the lake may be that change: it is looked for again.
    ///
    /// @param epoch how often the lake has changed by now
    static AuditVerdict settled(LongSupplier epoch, Supplier<AuditVerdict> audit) {
        for (int time = 1; ; time++) {
            long before = epoch.getAsLong();
            AuditVerdict verdict = audit.get();
            if (verdict instanceof AuditVerdict.AddsUp || epoch.getAsLong() == before || time == TRIES) {
                return verdict;
            }
        }
    }

    /// What a lost ledger is written anew from is looked at, too, where everything is.
    private AuditVerdict withJournal(Configuration configuration, Ledger ledger, AuditVerdict verdict) {
        if (runId != null || period != null || !(verdict instanceof AuditVerdict.AddsUp sound)) {
            return verdict;
        }
        JournalVerdict journal =
                Stores.journal(configuration, options.console()).faults(ledger);
        if (!journal.wrong().isEmpty()) {
            return new AuditVerdict.Differs(
                    sound.proven(), "the journal", journal.wrong().getFirst());
        }
        List<String> proven = new ArrayList<>(sound.proven());
        List<String> unfinished = new ArrayList<>(sound.unfinished());
        if (journal.since().isEmpty()) {
            proven.add("the journal: each part is read to its end, and each row of the ledger is in it as it is there"
                    + (ledger.bonds().get().sealed().isEmpty()
                            ? "; the ledger has no seal, as a command leaves it that is at work or was cut off"
                            : "")
                    + "; not compared, since the journal has none of them: rows of "
                    + String.join(", ", new TreeSet<>(LedgerJournal.notCopied())));
        } else {
            proven.add("the journal: each part is read to its end");
            unfinished.add("a command that is at work, or was cut off, has changed the ledger since it was last copied"
                    + " to the lake; what it changed can't be compared: " + String.join(", ", journal.since()));
        }
        return new AuditVerdict.AddsUp(proven, unfinished, sound.lookedAt() + ", the journal");
    }

    private void checkSource(Configuration configuration, Ledger ledger) {
        if (source == null) {
            return;
        }
        TreeSet<String> known = new TreeSet<>(configuration.sources().keySet());
        ledger.runs().list().forEach(run -> known.add(run.source()));
        ledger.periods().list().forEach(record -> known.add(record.source()));
        if (!known.contains(source)) {
            throw CommandFailure.usage("--source " + source + ": there is no such source; there "
                    + HumanFormat.are(known, "are none yet"));
        }
        if (period == null) {
            throw CommandFailure.usage("--source needs --period");
        }
    }

    private AuditVerdict verdict(Audit audit, Ledger ledger, SourcePayloads payloads) {
        if (runId != null) {
            Run run = ledger.runs()
                    .find(runId)
                    .orElseThrow(() -> CommandFailure.usage("there is no run " + runId + "; see tactus runs list"));
            return audit.run(run);
        }
        return period == null ? audit.all(payloads) : audit.period(period, Optional.ofNullable(source));
    }

    private int end(AuditVerdict verdict) {
        return switch (verdict) {
            case AuditVerdict.AddsUp sound -> {
                JsonObject fields = JsonObject.of("adds_up", true)
                        .put("proven", sound.proven())
                        .put("unfinished", sound.unfinished())
                        .put("looked_at", sound.lookedAt());
                if (!options.json) {
                    sound.unfinished().forEach(line -> options.say("not finished: " + line));
                }
                yield end(true, fields, sound.proven(), "adds up; looked at: " + sound.lookedAt());
            }
            case AuditVerdict.Differs wrong -> {
                JsonObject fields = JsonObject.of("adds_up", false)
                        .put("proven", wrong.proven())
                        .put("where", wrong.where())
                        .put("what", wrong.what());
                yield end(
                        false,
                        fields,
                        wrong.proven(),
                        "does not add up; first difference at " + wrong.where() + ": " + wrong.what());
            }
        };
    }

    private int end(boolean ok, JsonObject fields, List<String> proven, String conclusion) {
        if (options.json) {
            options.printJson(ok, fields);
        } else {
            proven.forEach(line -> options.print("ok  " + line));
            options.print(conclusion);
        }
        return ok ? ExitCode.DONE : ExitCode.FAILED;
    }
}
