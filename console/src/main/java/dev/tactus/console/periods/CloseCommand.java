package dev.tactus.console.periods;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LakeAccess;
import dev.tactus.console.command.LedgerAccess;
import dev.tactus.console.command.RecordedText;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.lineage.Lineage;
import dev.tactus.console.lineage.LineageDatasets;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.close.CloseOutcome;
import dev.tactus.reconcile.close.ManifestJson;
import dev.tactus.reconcile.close.PeriodCloser;
import dev.tactus.reconcile.close.Reconciler;
import dev.tactus.reconcile.files.ReconciliationFiles;
import dev.tactus.reconcile.join.ReconciliationTotals;
import dev.tactus.sqlite.DatabaseLock;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "close",
        description =
                "Freezes a period: reconciles it once more, keeps the snapshots it stands on, and writes a manifest"
                        + " that names everything to the byte and follows on the last one. Refuses what is incomplete beyond"
                        + " the tolerance.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus close --period 2026-10 --by \"Ada Lovelace\"",
            "  tactus close --period 2026-10 --source spotify --by Ada --accept \"Brazil is late; agreed with finance\"",
            "  tactus reconcile --period 2026-10 --source spotify --closed --out october.csv   the same bytes for ever"
        })
public final class CloseCommand implements Callable<Integer> {
    @Mixin
    private final CommandOptions common;

    @Mixin
    private final PeriodOptions choice = new PeriodOptions();

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who closes it, for the record.")
    private String by = "";

    @Option(
            names = "--accept",
            paramLabel = "REASON",
            description = "Close although it is incomplete beyond the tolerance, and put why on the record.")
    private @Nullable String accept;

    public CloseCommand(CommandOptions common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        RecordedText.check("--by", by);
        if (accept != null) {
            RecordedText.check("--accept", accept);
        }
        choice.period();
        Configuration configuration = common.configuration();
        Map<String, CloseOutcome> outcomes = new LinkedHashMap<>();
        try (Ledger ledger = LedgerAccess.forWriting(configuration, common.console());
                DatabaseLock _ = ledger.lock("close");
                Lake lake = LakeAccess.existing(configuration);
                Lineage lineage = Lineage.of(configuration, common)) {
            Reconciler reconciler = new Reconciler(
                    ledger, lake, configuration.services(), configuration.rules(), PeriodOptions.MEGABYTES);
            PeriodCloser closing =
                    closing(configuration, ledger, lake, common.console().clock());
            for (String source : choice.sources(configuration, reconciler)) {
                CloseOutcome outcome;
                try (Lineage.Task task = lineage.begin("close." + source, List.of())) {
                    outcome = closing.close(source, choice.period(), by, Optional.ofNullable(accept));
                    tell(task, configuration, outcome);
                }
                outcomes.put(source, outcome);
                List<Path> files = files(outcome, ReconcileCommand.outputs(ledger, lake, configuration));
                if (!common.json) {
                    lines(source, outcome, configuration.lake()).forEach(common::print);
                    files.forEach(file -> common.print("  wrote " + file));
                }
            }
        }
        boolean refused = outcomes.values().stream().anyMatch(CloseOutcome.Refused.class::isInstance);
        if (common.json) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("period", choice.period().label());
            object.put("closed", !refused);
            List<Object> sources = new ArrayList<>();
            outcomes.forEach((source, outcome) -> sources.add(fields(source, outcome)));
            object.put("sources", sources);
            common.printJson(true, object);
        }
        return refused ? ExitCode.INCOMPLETE : ExitCode.DONE;
    }

    private static void tell(Lineage.Task task, Configuration configuration, CloseOutcome outcome) {
        switch (outcome) {
            case CloseOutcome.Done done -> {
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("close_id", done.record().id());
                facts.put("manifest_sha256", done.record().manifestSha256());
                LineageDatasets.complete(task, configuration, done.reconciliation(), facts);
            }
            case CloseOutcome.AlreadyClosed already ->
                task.abort(Map.of("closed_before", already.record().id()));
            case CloseOutcome.Refused refused ->
                task.fail(String.join("; ", refused.completeness().reasons()));
        }
    }

    /// The files for people, as closed. The period is closed by then, whether or not they can be written.
    private List<Path> files(CloseOutcome outcome, ReconciliationFiles outputs) {
        if (!(outcome instanceof CloseOutcome.Done done)) {
            return List.of();
        }
        try {
            return outputs.write(done.reconciliation(), done.coverage(), Optional.of(done.record()));
        } catch (UncheckedIOException e) {
            common.say("the period is closed, but its files for people can't be written: "
                    + IoErrorText.of(Objects.requireNonNull(e.getCause())));
            return List.of();
        }
    }

    static PeriodCloser closing(Configuration configuration, Ledger ledger, Lake lake, InstantSource clock) {
        return new PeriodCloser(
                ledger,
                lake,
                configuration.services(),
                configuration.rules(),
                counts -> configuration.tolerance().judge(counts).reasons(),
                clock,
                BuildVersion.code(),
                PeriodOptions.MEGABYTES);
    }

    private List<String> lines(String source, CloseOutcome outcome, Path lake) {
        List<String> lines = new ArrayList<>();
        switch (outcome) {
            case CloseOutcome.Done done -> {
                lines.add(source + " " + choice.period() + " is closed by " + by + " ("
                        + done.record().id() + ")");
                ReconciliationTotals.Sums all = done.reconciliation().totals().all();
                lines.add("  payable " + HumanFormat.count(all.payable()) + ", of which "
                        + HumanFormat.count(all.provisional()) + " not final");
                if (all.payable() > 0 && all.provisional() == all.payable()) {
                    lines.add("  beware: nothing in it is final; reports that come now become adjustments in the next"
                            + " period (tactus reopen opens this one again)");
                }
                done.completeness().reasons().forEach(reason -> lines.add("  accepted although " + reason));
                lines.add("  manifest " + lake.resolve(done.record().manifest()));
                lines.add("  sha256 " + done.record().manifestSha256() + ": keep it elsewhere too");
                String which = " --period " + choice.period() + " --source " + source;
                lines.add("  tactus reconcile" + which + " --closed writes it, the same bytes for ever; tactus audit"
                        + which + " proves it");
            }
            case CloseOutcome.AlreadyClosed already ->
                lines.add(source + " " + choice.period() + " was closed on "
                        + ManifestJson.when(already.record().at()) + " by "
                        + already.record().by() + " ("
                        + already.record().id() + "); nothing has changed");
            case CloseOutcome.Refused refused -> {
                lines.add(source + " " + choice.period() + " is not closed, for it is incomplete:");
                refused.completeness().reasons().forEach(reason -> lines.add("  " + reason));
                lines.addAll(CoverageView.lines(refused.coverage()));
                lines.add("Mend that, or close it all the same with --accept \"REASON\", which goes on the record");
            }
        }
        return lines;
    }

    private static Map<String, @Nullable Object> fields(String source, CloseOutcome outcome) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("source", source);
        switch (outcome) {
            case CloseOutcome.Done done -> {
                fields.put("outcome", "closed");
                fields.putAll(record(done.record()));
                fields.put("incomplete_because", done.completeness().reasons());
                fields.putAll(ManifestJson.totals(done.reconciliation().totals()));
            }
            case CloseOutcome.AlreadyClosed already -> {
                fields.put("outcome", "already_closed");
                fields.putAll(record(already.record()));
            }
            case CloseOutcome.Refused refused -> {
                fields.put("outcome", "refused");
                fields.put("incomplete_because", refused.completeness().reasons());
                fields.put("coverage", CoverageView.fields(refused.coverage()));
            }
        }
        return fields;
    }

    static Map<String, @Nullable Object> record(PeriodRecord record) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("close_id", record.id());
        fields.put("number", record.number());
        fields.put("by", record.by());
        fields.put("reason", record.reason().orElse(null));
        fields.put("at", record.at());
        fields.put("manifest", record.manifest());
        fields.put("manifest_sha256", record.manifestSha256());
        fields.put("previous_sha256", record.previousSha256().orElse(null));
        return fields;
    }
}
