package dev.tactus.reconcile.close;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.royalty.ClosePreparation;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.PeriodRules;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.UtcMinute;
import dev.tactus.reconcile.coverage.Completeness;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.coverage.CoverageFinder;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.Reconciler;
import dev.tactus.reconcile.join.Reconciliation;
import dev.tactus.reconcile.manifest.ChainAudit;
import dev.tactus.reconcile.statements.StatementStatus;
import dev.tactus.reconcile.variance.VarianceCounts;
import dev.tactus.reconcile.variance.VarianceTable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Closes a source's period for good, and opens one again, on the record.
///
/// A close reconciles once more, tags the snapshots of every table it stands on, writes a manifest that names them to
/// the byte, and notes it in the ledger. The ledger's record is the moment: killed before it nothing is closed, and the
/// same command does it over, tags and manifest included; the manifest names the digest of the one before it. Killed
/// after it, the same command ends it. The caller holds the ledger's lock.
public final class PeriodCloser {
    private final Ledger ledger;
    private final Lake lake;
    private final Reconciler reconciler;
    private final CoverageFinder coverages;
    private final Function<ItemCounts, List<String>> tolerance;
    private final InstantSource clock;
    private final Consumer<Step> steps;
    private final int megabytes;
    private final CloseRecorder recorder;
    private Function<Reconciliation, StatementStatus> statements = _ -> StatementStatus.UNKNOWN;

    /// @param tolerance the operator's, which judges runs too: a sentence for each state of items that it exceeds
    public PeriodCloser(
            Ledger ledger,
            Lake lake,
            ServiceSources services,
            PeriodRules rules,
            Function<ItemCounts, List<String>> tolerance,
            InstantSource clock,
            String codeVersion,
            int megabytes) {
        this(ledger, lake, services, rules, tolerance, clock, codeVersion, megabytes, _ -> {});
    }

    PeriodCloser(
            Ledger ledger,
            Lake lake,
            ServiceSources services,
            PeriodRules rules,
            Function<ItemCounts, List<String>> tolerance,
            InstantSource clock,
            String codeVersion,
            int megabytes,
            Consumer<Step> steps) {
        this.ledger = ledger;
        this.lake = lake;
        this.reconciler = new Reconciler(ledger, lake, services, rules, megabytes);
        this.coverages = new CoverageFinder(ledger, lake, services, megabytes);
        this.tolerance = tolerance;
        this.clock = clock;
        this.megabytes = megabytes;
        this.steps = steps;
        this.recorder = new CloseRecorder(ledger, lake, services, clock, codeVersion, megabytes, steps);
    }

    /// What is missing of a period's statements, or odd about them, is told before it is closed.
    public PeriodCloser withStatements(Function<Reconciliation, StatementStatus> found) {
        statements = found;
        return this;
    }

    /// The manifests will say where the files for people lie, so that those are checked too.
    public PeriodCloser withCopiesIn(Path people) {
        recorder.copiesIn(people);
        return this;
    }

    /// The moments of a close between which a crash makes a difference, in order.
    enum Step {
        RECONCILED,
        TAGGED,
        MANIFEST_WRITTEN,
        RECORDED
    }

    /// Closes a period.
    ///
    /// @param accept why it is closed although incomplete; absent where it must be complete
    /// @throws PeriodRefusal if it overlaps a closed one
    /// @throws dev.tactus.reconcile.IntegrityFailure if the record of earlier closes was changed
    public CloseOutcome close(String source, Period period, Signature by, Optional<String> accept) {
        Optional<PeriodRecord> before = inForce(source, period);
        if (before.isPresent()) {
            return new CloseOutcome.AlreadyClosed(before.get());
        }
        Look look = look(source, period);
        return look.completeness.complete() || accept.isPresent()
                ? closed(look, new CloseRecorder.Hands(by, clock.instant(), Optional.empty()), accept)
                : look.refused();
    }

    /// The same, by a name that nothing speaks for.
    public CloseOutcome close(String source, Period period, String by, Optional<String> accept) {
        return close(source, period, Signature.of(by), accept);
    }

    /// Makes a close ready for a second person: the same as closing, but for the close itself.
    public CloseOutcome prepare(String source, Period period, Signature by, Optional<String> accept) {
        Optional<PeriodRecord> before = inForce(source, period);
        if (before.isPresent()) {
            return new CloseOutcome.AlreadyClosed(before.get());
        }
        Look look = look(source, period);
        if (!look.completeness.complete() && accept.isEmpty()) {
            return look.refused();
        }
        ClosePreparation preparation = new ClosePreparation(
                source,
                period.from(),
                period.to(),
                by.name(),
                by.user(),
                by.person(),
                accept,
                look.done.id(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        ledger.closePreparations().put(preparation);
        return new CloseOutcome.Prepared(preparation, look.done, look.coverage, look.completeness);
    }

    /// Closes what somebody else has prepared, as long as it is what was looked at then.
    public CloseOutcome approve(String source, Period period, Signature by) {
        Optional<PeriodRecord> before = inForce(source, period);
        if (before.isPresent()) {
            return new CloseOutcome.AlreadyClosed(before.get());
        }
        Optional<ClosePreparation> found = ledger.closePreparations().find(source, period.from(), period.to());
        if (found.isEmpty()) {
            return new CloseOutcome.NotApproved("nobody has prepared it; tactus close --period " + period + " does");
        }
        ClosePreparation prepared = found.get();
        Signature first = new Signature(prepared.by(), prepared.user(), prepared.person());
        if (!by.isAnotherThan(first)) {
            return new CloseOutcome.NotApproved(first.notAnother());
        }
        Look look = look(source, period);
        if (!look.done.id().equals(prepared.reconciliation())) {
            return new CloseOutcome.NotApproved("it is no longer what " + prepared.by() + " prepared on "
                    + UtcMinute.of(prepared.at()) + ": data, rules or catalog have changed since. Look at it again and"
                    + " run tactus close --period " + period + " anew");
        }
        return look.completeness.complete() || prepared.reason().isPresent()
                ? closed(look, new CloseRecorder.Hands(first, prepared.at(), Optional.of(by)), prepared.reason())
                : look.refused();
    }

    private Optional<PeriodRecord> inForce(String source, Period period) {
        recorder.settle();
        return ledger.periods().inForce(source).stream()
                .filter(one -> new Period(one.from(), one.to()).equals(period))
                .findFirst();
    }

    /// A period as it is seen before it is closed.
    private record Look(Reconciliation done, Coverage coverage, Completeness completeness) {
        CloseOutcome refused() {
            return new CloseOutcome.Refused(done, coverage, completeness);
        }
    }

    private Look look(String source, Period period) {
        ChainAudit.requireSound(ledger, lake);
        Reconciliation done = reconciler.reconcile(source, period);
        steps.accept(Step.RECONCILED);
        Coverage coverage = coverages.find(source, period);
        return new Look(
                done,
                coverage,
                Completeness.judge(
                        period,
                        clock.instant(),
                        coverage,
                        done.totals(),
                        done.rules(),
                        variances(done),
                        statements.apply(done),
                        tolerance));
    }

    private CloseOutcome closed(Look look, CloseRecorder.Hands hands, Optional<String> accept) {
        return new CloseOutcome.Done(
                recorder.close(look.done, look.coverage, look.completeness, hands, accept),
                look.done,
                look.coverage,
                look.completeness);
    }

    private VarianceCounts variances(Reconciliation done) {
        try (Workbench bench = lake.workbench(megabytes, done.snapshots())) {
            PeriodParts parts = new PeriodParts(done.source(), done.period());
            return VarianceTable.make(bench, ledger, parts, bench.relation(parts.reconciled()), false)
                    .counts();
        }
    }

    /// Opens a closed period again. What stood on it stays in its tags and its manifest.
    ///
    /// @throws PeriodRefusal if it is not closed
    /// @throws dev.tactus.reconcile.IntegrityFailure if the record of earlier closes was changed
    public PeriodRecord reopen(String source, Period period, String by, String reason) {
        PeriodRecord close = inForce(source, period)
                .orElseThrow(() -> new PeriodRefusal(source + " " + period
                        + " is not closed: there is nothing to reopen. tactus periods list shows what is closed"));
        ChainAudit.requireSound(ledger, lake);
        return recorder.reopen(close, by, reason);
    }
}
