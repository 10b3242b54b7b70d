package dev.tactus.reconcile.join;

import dev.tactus.lake.Lake;
import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.query.EngineSettings;
import dev.tactus.lake.query.PartitionReplacement;
import dev.tactus.lake.query.PreparedPartition;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.PeriodRules;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.UtcMinute;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// Reconciles a source and period: what the API counted against what reports say, into the lake's `reconciled`.
///
/// A source and period are replaced in one commit, exactly once: the same inputs and rules again change nothing, and
/// readers see the one before or this one, never half. What closed periods would come to today goes into `adjustments`
/// beside it. The caller holds the ledger's lock.
public final class Reconciler {
    /// What `reconciled` says of the inputs that its rows were made from.
    private static final String INPUTS = "inputs";

    /// What `reconciled` says where something is left out of closed periods: it has to be found once more to be told.
    private static final String KEPT = "kept";

    private static final int TRIES = 3;

    private final Ledger ledger;
    private final Lake lake;
    private final ServiceSources services;
    private final PeriodRules rules;
    private final int megabytes;
    private final EngineSettings engine;

    /// @param megabytes DuckDB's limit; more rows than fit are spilled into the lake's folder
    public Reconciler(Ledger ledger, Lake lake, ServiceSources services, PeriodRules rules, int megabytes) {
        this(ledger, lake, services, rules, megabytes, EngineSettings.DUCKDB);
    }

    /// @param engine computes the join
    public Reconciler(
            Ledger ledger,
            Lake lake,
            ServiceSources services,
            PeriodRules rules,
            int megabytes,
            EngineSettings engine) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
        this.rules = rules;
        this.megabytes = megabytes;
        this.engine = engine;
    }

    /// Whose usage there is to reconcile in a period: these, every other that reports tell of, which may have no API,
    /// those of which nothing is known any more but that what was closed has changed,
    /// and those that were reconciled with a report that was withdrawn since: what they came to has to go.
    public SequencedSet<String> sources(Period period, Collection<String> counting) {
        SequencedSet<String> all = new LinkedHashSet<>(counting);
        try (Workbench bench = lake.workbench(megabytes)) {
            all.addAll(StatementView.make(bench, services, period).sources());
        }
        ledger.periods().list().stream()
                .map(PeriodRecord::source)
                .distinct()
                .filter(source -> !all.contains(source) && isCorrected(source, period))
                .forEach(all::add);
        ledger.reports().list().stream()
                .filter(report -> isAbout(report, period))
                .flatMap(report -> report.services().stream())
                .map(services::name)
                .distinct()
                .filter(source -> !all.contains(source) && isReconciled(source, period) && isOpen(source, period))
                .forEach(all::add);
        return all;
    }

    private static boolean isAbout(Report report, Period period) {
        return report.usageStart()
                .filter(start -> new Period(start, report.usageEnd().orElse(start)).overlaps(period))
                .isPresent();
    }

    private boolean isReconciled(String source, Period period) {
        return !lake.table(LakeTable.RECONCILED)
                .lastReplacement(source, period.label())
                .isEmpty();
    }

    private boolean isOpen(String source, Period period) {
        return ledger.periods().inForce(source).stream()
                .noneMatch(close -> new Period(close.from(), close.to()).overlaps(period));
    }

    private boolean isCorrected(String source, Period period) {
        try (Workbench bench = lake.workbench(megabytes)) {
            return size(bench, new PeriodParts(source, period).adjustments()) > 0
                    || new AdjustmentQuery(ledger, lake, services, bench, source, period).isDue();
        }
    }

    /// Reconciles one source. Where nothing is known of it and nothing was before, nothing is written.
    ///
    /// @throws PeriodRefusal if the period is closed, or overlaps one that is
    /// @throws dev.tactus.reconcile.IntegrityFailure if the result does not hold exactly what the inputs
    ///     hold; nothing is written then
    public Reconciliation reconcile(String source, Period period) {
        refuseClosed(source, period);
        for (int attempt = 1; ; attempt++) {
            try (Workbench bench = lake.workbench(megabytes, engine)) {
                return reconcile(bench, source, period);
            } catch (LakeConflict e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private Reconciliation reconcile(Workbench bench, String source, Period period) {
        ReconciliationRules rules = used(bench, this.rules.of(source, period));
        PeriodParts parts = new PeriodParts(source, period);
        AdjustmentQuery adjustments = new AdjustmentQuery(ledger, lake, services, bench, source, period);
        Map<LakeTable, Long> inputs = ReconciliationInputs.of(bench.snapshots());
        String id = ReconciliationInputs.id(
                source, period, rules, services, inputs, ledger.recordings().hash(), adjustments.state());
        Map<String, String> last = lake.table(LakeTable.RECONCILED).lastReplacement(source, period.label());
        CatalogTable catalog = CatalogTable.load(bench, ledger);
        if (id.equals(last.get("tactus." + INPUTS))) {
            List<KeptDecision> kept = last.containsKey("tactus." + KEPT)
                    ? adjustments.make(catalog, id).kept()
                    : List.of();
            JoinInputs rows =
                    JoinInputs.make(StatementView.make(bench, services, period), catalog, source, rules.groups());
            return done(bench, id, parts, rules, Map.of(), kept, proven(rows, bench.relation(parts.reconciled())));
        }
        AdjustmentQuery.Rows adjusted = adjustments.make(catalog, id);
        JoinInputs rows = JoinInputs.make(StatementView.make(bench, services, period), catalog, source, rules.groups());
        Map<LakeTable, String> selections = selections(ReconcileQuery.join(rows, rules, id), adjusted, parts);
        if (selections.isEmpty()) {
            return done(
                    bench,
                    id,
                    parts,
                    rules,
                    Map.of(),
                    adjusted.kept(),
                    proven(rows, bench.relation(parts.reconciled())));
        }
        long base = bench.snapshot(LakeTable.RECONCILED).orElse(0L);
        PartitionReplacement replacement = new PartitionReplacement(
                id + "@" + base, source, period.label(), properties(id, rules, inputs, adjusted.kept()), selections);
        try (PreparedPartition written = bench.write(replacement)) {
            ReconciliationTotals totals = proven(rows, written.relation(LakeTable.RECONCILED));
            Map<LakeTable, Long> committed = new EnumMap<>(LakeTable.class);
            written.commit().forEach(one -> committed.put(one.table(), one.snapshotId()));
            return done(bench, id, parts, rules, committed, adjusted.kept(), totals);
        }
    }

    /// Of exchange rates only those that reports need: others may come and go without a change.
    private static ReconciliationRules used(Workbench bench, ReconciliationRules rules) {
        return rules.withHome(rules.home()
                .map(home -> home.among(QueryRows.texts(
                        bench,
                        "SELECT DISTINCT currency FROM " + bench.relation(TablePart.all(LakeTable.SALES))
                                + " WHERE currency IS NOT NULL"))));
    }

    /// What reconciled rows come to, after they were found to hold what the inputs hold.
    private static ReconciliationTotals proven(JoinInputs inputs, String reconciled) {
        ReconciliationTotals totals = ReconciliationTotals.of(inputs.bench(), reconciled, inputs.excluded());
        new ConservationCheck(inputs).check(totals);
        return totals;
    }

    /// A closed period stays what it is; one that overlaps it would pay its days a second time.
    private void refuseClosed(String source, Period period) {
        for (PeriodRecord close : ledger.periods().inForce(source)) {
            Period closed = new Period(close.from(), close.to());
            if (closed.equals(period)) {
                throw new PeriodRefusal(source + " " + period + " is closed (" + UtcMinute.of(close.at()) + " by "
                        + close.by() + ", " + close.id()
                        + "). --closed writes it as it was closed; later changes become adjustments in the next open"
                        + " period; tactus reopen opens it again");
            }
            if (closed.overlaps(period)) {
                throw new PeriodRefusal(source + " " + period + " overlaps " + closed + ", which is closed ("
                        + close.id()
                        + "): its days would be paid twice. Choose a period that does not overlap it, or run"
                        + " tactus reopen --period " + closed);
            }
        }
    }

    /// What is written: the rows, and the adjustments where there are some, or were; nothing where nothing is there and
    /// nothing was.
    private static Map<LakeTable, String> selections(
            JoinedRows joined, AdjustmentQuery.Rows adjusted, PeriodParts parts) {
        Workbench bench = joined.bench();
        boolean adjusts = adjusted.size() + size(bench, parts.adjustments()) > 0;
        if (!adjusts && joined.isEmpty() && size(bench, parts.reconciled()) == 0) {
            return Map.of();
        }
        Map<LakeTable, String> selections = new EnumMap<>(LakeTable.class);
        selections.put(LakeTable.RECONCILED, "SELECT * FROM " + joined.relation());
        if (adjusts) {
            selections.put(LakeTable.ADJUSTMENTS, "SELECT * FROM " + adjusted.relation());
        }
        return selections;
    }

    private static long size(Workbench bench, TablePart part) {
        return bench.number("SELECT count(*) FROM " + bench.relation(part));
    }

    private static Map<String, String> properties(
            String id, ReconciliationRules rules, Map<LakeTable, Long> inputs, List<KeptDecision> kept) {
        Map<String, String> properties = new LinkedHashMap<>(Map.of(INPUTS, id));
        if (!kept.isEmpty()) {
            properties.put(KEPT, Integer.toString(kept.size()));
        }
        rules.written().forEach((name, value) -> properties.put("rules." + name, value));
        inputs.forEach((table, snapshot) -> properties.put("snapshot." + table.label(), snapshot.toString()));
        return properties;
    }

    private Reconciliation done(
            Workbench bench,
            String id,
            PeriodParts parts,
            ReconciliationRules rules,
            Map<LakeTable, Long> committed,
            List<KeptDecision> kept,
            ReconciliationTotals totals) {
        Map<LakeTable, Long> outputs = new EnumMap<>(LakeTable.class);
        bench.snapshot(LakeTable.RECONCILED).ifPresent(now -> outputs.put(LakeTable.RECONCILED, now));
        bench.snapshot(LakeTable.ADJUSTMENTS).ifPresent(now -> outputs.put(LakeTable.ADJUSTMENTS, now));
        outputs.putAll(committed);
        Optional<Long> adjustments = Optional.ofNullable(outputs.get(LakeTable.ADJUSTMENTS));
        return new Reconciliation(
                id,
                parts.source(),
                parts.period(),
                rules,
                !committed.isEmpty(),
                ReconciliationInputs.of(bench.snapshots()),
                outputs,
                Adjustment.of(bench, bench.relation(parts.adjustments(), adjustments)),
                kept,
                totals);
    }
}
