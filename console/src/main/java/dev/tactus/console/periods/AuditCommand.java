package dev.tactus.console.periods;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LakeAccess;
import dev.tactus.console.command.LedgerAccess;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.runs.Run;
import dev.tactus.reconcile.audit.Audit;
import dev.tactus.reconcile.audit.AuditVerdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "audit",
        description =
                "Proves that a run or a closed period adds up: the accounts, every data file to the byte, the chain"
                        + " of closes, and the reconciliation done over. Without either, everything. Changes nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus audit --period 2026-10",
            "  tactus audit 20261122T101530Z-spotify-4f2a",
            "  tactus audit                              the chain, every close, every run that is over"
        })
public final class AuditCommand implements Callable<Integer> {
    @Mixin
    private final CommandOptions common;

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "A run's id, as runs list prints it.")
    private @Nullable String runId;

    @Option(names = "--period", paramLabel = "P", description = "A closed period, such as 2026-10.")
    private @Nullable String period;

    @Option(names = "--source", paramLabel = "NAME", description = "With --period: of one source only.")
    private @Nullable String source;

    public AuditCommand(CommandOptions common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        if (runId != null && period != null) {
            throw CommandFailure.usage("either a run, or --period");
        }
        if (source != null && period == null) {
            throw CommandFailure.usage("--source goes with --period");
        }
        Configuration configuration = common.configuration();
        try (Ledger ledger = LedgerAccess.forReading(configuration, common.console());
                Lake lake = LakeAccess.existing(configuration)) {
            Audit audit = new Audit(ledger, lake, configuration.services(), PeriodOptions.MEGABYTES);
            return told(verdict(audit, ledger));
        }
    }

    private AuditVerdict verdict(Audit audit, Ledger ledger) {
        if (runId != null) {
            Run run = ledger.runs()
                    .find(runId)
                    .orElseThrow(() ->
                            CommandFailure.usage("there is no run " + runId + "; tactus runs list shows them all"));
            return audit.run(run);
        }
        return period == null ? audit.all() : audit.period(PeriodOptions.parse(period), Optional.ofNullable(source));
    }

    private int told(AuditVerdict verdict) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        switch (verdict) {
            case AuditVerdict.AddsUp sound -> {
                tell(sound.proven());
                object.put("adds_up", true);
                object.put("proven", sound.proven());
                return end(true, object, "adds up");
            }
            case AuditVerdict.Differs wrong -> {
                tell(wrong.proven());
                object.put("adds_up", false);
                object.put("proven", wrong.proven());
                object.put("where", wrong.where());
                object.put("what", wrong.what());
                return end(false, object, "does not add up. First at " + wrong.where() + ": " + wrong.what());
            }
        }
    }

    private void tell(List<String> proven) {
        if (!common.json) {
            proven.forEach(line -> common.print("ok  " + line));
        }
    }

    private int end(boolean ok, Map<String, @Nullable Object> object, String words) {
        if (common.json) {
            common.printJson(ok, object);
        } else {
            common.print(words);
        }
        return ok ? ExitCode.DONE : ExitCode.FAILED;
    }
}
