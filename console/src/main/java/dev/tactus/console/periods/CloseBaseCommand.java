package dev.tactus.console.periods;

import dev.tactus.console.command.CatalogRefresh;
import dev.tactus.console.command.CommandOptions;
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
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.PeriodRules;
import dev.tactus.reconcile.UtcMinute;
import dev.tactus.reconcile.close.CloseOutcome;
import dev.tactus.reconcile.close.ManifestJson;
import dev.tactus.reconcile.close.PeriodCloser;
import dev.tactus.reconcile.close.Signature;
import dev.tactus.reconcile.coverage.Completeness;
import dev.tactus.reconcile.files.ReconciliationFiles;
import dev.tactus.reconcile.join.Reconciler;
import dev.tactus.reconcile.join.Reconciliation;
import dev.tactus.reconcile.join.ReconciliationTotals;
import dev.tactus.reconcile.statements.StatementFinder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What closing and approving a close have in common.
abstract class CloseBaseCommand extends TactusCommand {
    CloseBaseCommand(CommandOptions options) {
        super(options);
    }

    abstract PeriodOptions choice();

    /// The name that was typed.
    abstract String by();

    /// Why an incomplete period is closed all the same.
    abstract Optional<String> accept();

    abstract CloseOutcome outcome(PeriodCloser closer, String source, Signature by);

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        Signature signature = SignatureReader.read(configuration, options.console(), by());
        Map<String, CloseOutcome> outcomes = new LinkedHashMap<>();
        try (Ledger ledger = Stores.wholeLedgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("close");
                Lake lake = Stores.lakeToChange(configuration, ledger, options.console());
                Lineage lineage = Lineage.of(configuration, options)) {
            CatalogRefresh.takeOver(configuration, ledger, options::say);
            StatementFinder statements = Statements.finder(
                    configuration, ledger, lake, options.console().clock().instant());
            PeriodRules rules = Statements.rules(configuration, statements);
            Reconciler reconciler =
                    new Reconciler(ledger, lake, configuration.services(), rules, PeriodOptions.MEGABYTES);
            PeriodCloser closing = closing(
                            configuration,
                            ledger,
                            lake,
                            rules,
                            options.console().clock())
                    .withStatements(statements::find);
            Statements.unpaid(configuration, ledger, lake, choice().period()).forEach(options::say);
            for (String source : choice().sources(configuration, reconciler)) {
                CloseOutcome outcome;
                try (Lineage.Task task = lineage.begin("close." + source, List.of())) {
                    outcome = outcome(closing, source, signature);
                    tell(task, configuration, outcome);
                }
                outcomes.put(source, outcome);
                List<Path> files = files(outcome, ReconcileCommand.outputs(ledger, lake, configuration), statements);
                if (!options.json) {
                    lines(source, outcome, configuration.lake()).forEach(options::print);
                    files.forEach(file -> options.print("  wrote " + file));
                }
            }
        }
        if (outcomes.isEmpty()) {
            throw CommandFailure.usage(choice().nothing(configuration) + "; nothing was closed");
        }
        boolean refused = outcomes.values().stream().anyMatch(CloseBaseCommand::isRefusal);
        if (options.json) {
            options.printJson(
                    true,
                    JsonObject.of("period", choice().period().label())
                            .put(
                                    "closed",
                                    outcomes.values().stream()
                                            .allMatch(one -> one instanceof CloseOutcome.Done
                                                    || one instanceof CloseOutcome.AlreadyClosed))
                            .put(
                                    "sources",
                                    outcomes.entrySet().stream()
                                            .map(outcome -> fields(outcome.getKey(), outcome.getValue()))
                                            .toList()));
        }
        return refused ? ExitCode.INCOMPLETE : ExitCode.DONE;
    }

    private static List<String> warnings(Completeness completeness) {
        return completeness.warnings().stream()
                .map(warning -> "  warning: " + warning)
                .toList();
    }

    private static boolean isRefusal(CloseOutcome outcome) {
        return outcome instanceof CloseOutcome.Refused || outcome instanceof CloseOutcome.NotApproved;
    }

    private String approved(CloseOutcome.Done done) {
        return done.record().by().equals(by()) ? "" : ", approved by " + by();
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
            case CloseOutcome.Prepared prepared ->
                task.abort(JsonObject.of("prepared_by", prepared.preparation().by()));
            case CloseOutcome.NotApproved refused -> task.fail(refused.why());
            case CloseOutcome.Refused refused ->
                task.fail(String.join("; ", refused.completeness().reasons()));
        }
    }

    /// The files for people, as closed. The period is closed by then, whether or not they can be written.
    private List<Path> files(CloseOutcome outcome, ReconciliationFiles outputs, StatementFinder statements) {
        if (!(outcome instanceof CloseOutcome.Done done)) {
            return List.of();
        }
        try {
            return outputs.write(
                    done.reconciliation(),
                    done.coverage(),
                    statements.find(done.reconciliation()),
                    Optional.of(done.record()));
        } catch (UncheckedIOException e) {
            options.say("the period is closed, but its page, workbook and CSV can't be written: "
                    + IoErrorText.of(Objects.requireNonNull(e.getCause())));
            return List.of();
        }
    }

    static PeriodCloser closing(
            Configuration configuration, Ledger ledger, Lake lake, PeriodRules rules, InstantSource clock) {
        return new PeriodCloser(
                        ledger,
                        lake,
                        configuration.services(),
                        rules,
                        counts -> configuration.tolerance().judge(counts).reasons(),
                        clock,
                        BuildVersion.code(),
                        PeriodOptions.MEGABYTES)
                .withCopiesIn(configuration.reconciled());
    }

    private List<String> lines(String source, CloseOutcome outcome, LakePlace lake) {
        List<String> lines = new ArrayList<>();
        switch (outcome) {
            case CloseOutcome.Done done -> {
                lines.add(source + " " + choice().period() + " closed by "
                        + done.record().by() + approved(done) + " ("
                        + done.record().id() + ")");
                ReconciliationTotals.Sums all = done.reconciliation().totals().all();
                lines.add("  payable " + HumanFormat.count(all.payable()) + ", of which "
                        + HumanFormat.count(all.provisional()) + " not final");
                if (all.payable() > 0 && all.provisional() == all.payable()) {
                    lines.add("  warning: nothing in it is final; later reports become adjustments in the next period"
                            + " (tactus reopen reopens this one)");
                }
                lines.addAll(notPaid(done.reconciliation()));
                done.completeness().reasons().forEach(reason -> lines.add("  accepted despite: " + reason));
                lines.addAll(warnings(done.completeness()));
                lines.add("  manifest " + lake + "/" + done.record().manifest());
                lines.add("  sha256 " + done.record().manifestSha256() + " (keep a copy elsewhere)");
                String which = " --period " + choice().period() + " --source " + source;
                lines.add("  tactus reconcile" + which + " --closed writes the same bytes again; tactus audit" + which
                        + " proves them");
            }
            case CloseOutcome.AlreadyClosed already ->
                lines.add(source + " " + choice().period() + " was closed on "
                        + UtcMinute.of(already.record().at()) + " by "
                        + already.record().by() + " ("
                        + already.record().id() + "); nothing changed");
            case CloseOutcome.Prepared prepared -> {
                ReconciliationTotals.Sums all =
                        prepared.reconciliation().totals().all();
                lines.add(source + " " + choice().period() + " is prepared by "
                        + prepared.preparation().by() + " and waits for a second person; it is not closed yet");
                lines.add("  payable " + HumanFormat.count(all.payable()) + ", of which "
                        + HumanFormat.count(all.provisional()) + " not final");
                lines.addAll(notPaid(prepared.reconciliation()));
                prepared.completeness().reasons().forEach(reason -> lines.add("  accepted despite: " + reason));
                lines.addAll(warnings(prepared.completeness()));
                lines.add("  somebody else closes it: tactus close approve --period " + choice().period() + " --source "
                        + source + " --by NAME");
            }
            case CloseOutcome.NotApproved refused ->
                lines.add(source + " " + choice().period() + " was not closed: " + refused.why());
            case CloseOutcome.Refused refused -> {
                lines.add(source + " " + choice().period() + " was not closed; it is incomplete:");
                refused.completeness().reasons().forEach(reason -> lines.add("  " + reason));
                lines.addAll(warnings(refused.completeness()));
                lines.addAll(CoverageView.lines(refused.coverage()));
                lines.add("Complete it, or close it anyway with --accept \"REASON\", which goes on the record");
            }
        }
        return lines;
    }

    /// What whoever signs has to see: usage that reports have and nobody is paid for, and money without a rate.
    private static List<String> notPaid(Reconciliation signed) {
        List<String> lines = new ArrayList<>();
        ReconciliationView.kept(signed).forEach(left -> lines.add("  " + left));
        ReconciliationView.excluded(signed.totals()).forEach(left -> lines.add("  " + left));
        signed.rules()
                .home()
                .ifPresent(home -> lines.addAll(
                        ReconciliationView.withoutRate(home, signed.totals().revenues())));
        return lines;
    }

    private static JsonObject fields(String source, CloseOutcome outcome) {
        JsonObject fields = JsonObject.of("source", source);
        return switch (outcome) {
            case CloseOutcome.Done done ->
                fields.put("outcome", "closed")
                        .putAll(record(done.record()))
                        .put("incomplete_because", done.completeness().reasons())
                        .put("warnings", done.completeness().warnings())
                        .putAll(ManifestJson.totals(done.reconciliation().totals()));
            case CloseOutcome.AlreadyClosed already ->
                fields.put("outcome", "already_closed").putAll(record(already.record()));
            case CloseOutcome.Prepared prepared ->
                fields.put("outcome", "prepared")
                        .put("prepared_by", prepared.preparation().by())
                        .put("prepared_at", prepared.preparation().at())
                        .put("reconciliation_id", prepared.preparation().reconciliation())
                        .put("incomplete_because", prepared.completeness().reasons())
                        .put("warnings", prepared.completeness().warnings())
                        .putAll(ManifestJson.totals(prepared.reconciliation().totals()));
            case CloseOutcome.NotApproved refused ->
                fields.put("outcome", "not_approved").put("why", refused.why());
            case CloseOutcome.Refused refused ->
                fields.put("outcome", "refused")
                        .put("incomplete_because", refused.completeness().reasons())
                        .put("warnings", refused.completeness().warnings())
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
