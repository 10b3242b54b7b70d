package dev.tactus.console.periods;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.NameOption;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.lineage.Lineage;
import dev.tactus.console.lineage.LineageDatasets;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.console.output.JsonObject;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.UtcMinute;
import dev.tactus.reconcile.close.CloseOutcome;
import dev.tactus.reconcile.close.ManifestJson;
import dev.tactus.reconcile.close.PeriodCloser;
import dev.tactus.reconcile.files.ReconciliationFiles;
import dev.tactus.reconcile.join.Reconciler;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "close",
        description = {
            "Closes a period; refuses one that is incomplete beyond the tolerance.",
            "Reconciles it once more, keeps the snapshots it is based on, and writes a manifest with the digest of"
                    + " every file, chained to the manifest before."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus close --period 2026-10 --by \"Ada Lovelace\"",
            "  tactus close --period 2026-10 --source spotify --by Ada --accept \"Brazil is late; agreed with"
                    + " finance\"",
            "  tactus reconcile --period 2026-10 --source spotify --closed --out october.csv   the same bytes for ever"
        })
public final class CloseCommand extends TactusCommand {
    @Mixin
    private final PeriodOptions choice = new PeriodOptions();

    @Mixin
    private final NameOption name = new NameOption();

    @Option(
            names = "--accept",
            paramLabel = "REASON",
            converter = OptionTypes.RecordedText.class,
            description = "Close despite being incomplete beyond the tolerance; the reason goes on the record.")
    private @Nullable String accept;

    public CloseCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        Map<String, CloseOutcome> outcomes = new LinkedHashMap<>();
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("close");
                Lake lake = Stores.lakeToChange(configuration, ledger, options.console());
                Lineage lineage = Lineage.of(configuration, options)) {
            Reconciler reconciler = new Reconciler(
                    ledger, lake, configuration.services(), configuration.rules(), PeriodOptions.MEGABYTES);
            PeriodCloser closing =
                    closing(configuration, ledger, lake, options.console().clock());
            for (String source : choice.sources(configuration, reconciler)) {
                CloseOutcome outcome;
                try (Lineage.Task task = lineage.begin("close." + source, List.of())) {
                    outcome = closing.close(source, choice.period(), name.by, Optional.ofNullable(accept));
                    tell(task, configuration, outcome);
                }
                outcomes.put(source, outcome);
                List<Path> files = files(outcome, ReconcileCommand.outputs(ledger, lake, configuration));
                if (!options.json) {
                    lines(source, outcome, configuration.lake()).forEach(options::print);
                    files.forEach(file -> options.print("  wrote " + file));
                }
            }
        }
        if (outcomes.isEmpty()) {
            throw CommandFailure.usage(choice.nothing(configuration) + "; nothing was closed");
        }
        boolean refused = outcomes.values().stream().anyMatch(CloseOutcome.Refused.class::isInstance);
        if (options.json) {
            options.printJson(
                    true,
                    JsonObject.of("period", choice.period().label())
                            .put("closed", !refused)
                            .put(
                                    "sources",
                                    outcomes.entrySet().stream()
                                            .map(outcome -> fields(outcome.getKey(), outcome.getValue()))
                                            .toList()));
        }
        return refused ? ExitCode.INCOMPLETE : ExitCode.DONE;
    }

    private static void tell(Lineage.Task task, Configuration configuration, CloseOutcome outcome) {
        switch (outcome) {
            case CloseOutcome.Done done -> {
                JsonObject facts = JsonObject.of("close_id", done.record().id())
                        .put("manifest_sha256", done.record().manifestSha256());
                LineageDatasets.complete(task, configuration, done.reconciliation(), facts);
            }
            case CloseOutcome.AlreadyClosed already ->
                task.abort(JsonObject.of("closed_before", already.record().id()));
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
            options.say("the period is closed, but its page, workbook and CSV can't be written: "
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
                        PeriodOptions.MEGABYTES)
                .withCopiesIn(configuration.reconciled());
    }

    private List<String> lines(String source, CloseOutcome outcome, Path lake) {
        List<String> lines = new ArrayList<>();
        switch (outcome) {
            case CloseOutcome.Done done -> {
                lines.add(source + " " + choice.period() + " closed by " + name.by + " ("
                        + done.record().id() + ")");
                ReconciliationTotals.Sums all = done.reconciliation().totals().all();
                lines.add("  payable " + HumanFormat.count(all.payable()) + ", of which "
                        + HumanFormat.count(all.provisional()) + " not final");
                if (all.payable() > 0 && all.provisional() == all.payable()) {
                    lines.add("  warning: nothing in it is final; later reports become adjustments in the next period"
                            + " (tactus reopen reopens this one)");
                }
                done.completeness().reasons().forEach(reason -> lines.add("  accepted despite: " + reason));
                lines.add("  manifest " + lake.resolve(done.record().manifest()));
                lines.add("  sha256 " + done.record().manifestSha256() + " (keep a copy elsewhere)");
                String which = " --period " + choice.period() + " --source " + source;
                lines.add("  tactus reconcile" + which + " --closed writes the same bytes again; tactus audit" + which
                        + " proves them");
            }
            case CloseOutcome.AlreadyClosed already ->
                lines.add(source + " " + choice.period() + " was closed on "
                        + UtcMinute.of(already.record().at()) + " by "
                        + already.record().by() + " ("
                        + already.record().id() + "); nothing changed");
            case CloseOutcome.Refused refused -> {
                lines.add(source + " " + choice.period() + " was not closed; it is incomplete:");
                refused.completeness().reasons().forEach(reason -> lines.add("  " + reason));
                lines.addAll(CoverageView.lines(refused.coverage()));
                lines.add("Complete it, or close it anyway with --accept \"REASON\", which goes on the record");
            }
        }
        return lines;
    }

    private static JsonObject fields(String source, CloseOutcome outcome) {
        JsonObject fields = JsonObject.of("source", source);
        return switch (outcome) {
            case CloseOutcome.Done done ->
                fields.put("outcome", "closed")
                        .putAll(record(done.record()))
                        .put("incomplete_because", done.completeness().reasons())
                        .putAll(ManifestJson.totals(done.reconciliation().totals()));
            case CloseOutcome.AlreadyClosed already ->
                fields.put("outcome", "already_closed").putAll(record(already.record()));
            case CloseOutcome.Refused refused ->
                fields.put("outcome", "refused")
                        .put("incomplete_because", refused.completeness().reasons())
                        .put("coverage", ManifestJson.coverage(refused.coverage()));
        };
    }

    static JsonObject record(PeriodRecord record) {
        return JsonObject.of("close_id", record.id())
                .put("number", record.number())
                .put("by", record.by())
                .put("reason", record.reason())
                .put("at", record.at())
                .put("manifest", record.manifest())
                .put("manifest_sha256", record.manifestSha256())
                .put("previous_sha256", record.previousSha256());
    }
}
