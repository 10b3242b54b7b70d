package dev.tactus.reconcile.close;

import dev.tactus.lake.Lake;
import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.query.PartitionReplacement;
import dev.tactus.lake.query.PreparedPartition;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.coverage.CoverageQuery;
import dev.tactus.reconcile.join.CatalogTable;
import dev.tactus.reconcile.join.ConservationCheck;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.join.ReconcileQuery;
import dev.tactus.reconcile.join.ReconciliationTotals;
import dev.tactus.reconcile.join.SqlLiteral;
import dev.tactus.reconcile.join.StatementView;
import dev.tactus.reconcile.manifest.ReconciliationInputs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;

/// Reconciles a source and period: what the API counted against what reports say, into the lake's `reconciled`.
///
/// A source and period are replaced in one commit, exactly once: the same inputs and rules again change nothing, and
/// readers see the one before or this one, never half. What closed periods would come to today goes into `adjustments`
/// beside it. The caller holds the ledger's lock.
public final class Reconciler {
    /// What `reconciled` says of the inputs that its rows were made from.
    private static final String INPUTS = "inputs";

    private static final int TRIES = 3;

    private final Ledger ledger;
    private final Lake lake;
    private final ServiceSources services;
    private final ReconciliationRules rules;
    private final int megabytes;

    /// @param megabytes DuckDB's limit; more rows than fit are spilled into the lake's folder
    public Reconciler(Ledger ledger, Lake lake, ServiceSources services, ReconciliationRules rules, int megabytes) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
        this.rules = rules;
        this.megabytes = megabytes;
    }

    /// Whose usage there is to reconcile in a period: these, and every other that reports tell of, which may have no
    /// API.
    public SequencedSet<String> sources(Period period, Collection<String> counting) {
        SequencedSet<String> all = new LinkedHashSet<>(counting);
        try (Workbench bench = lake.workbench(megabytes)) {
            StatementView.make(bench, services, ReconcileQuery.sales(period));
            all.addAll(new TreeSet<>(QueryRows.texts(
                    bench,
                    "SELECT DISTINCT source FROM statement WHERE source <> '' AND usage_start <= "
                            + SqlLiteral.day(period.to()) + " AND usage_end >= " + SqlLiteral.day(period.from()))));
        }
        return all;
    }

    /// Reconciles one source.
    ///
    /// @throws PeriodRefused if the period is closed, or overlaps one that is
    /// @throws DoesNotAddUp if the result does not hold exactly what the inputs hold; nothing is written then
    public Reconciliation reconcile(String source, Period period) {
        refuseClosed(source, period);
        for (int attempt = 1; ; attempt++) {
            try (Workbench bench = lake.workbench(megabytes)) {
                return reconcile(bench, source, period);
            } catch (LakeConflict e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /// How much of a source's period has a source at all. A service that has no API is what its reports say it is.
    public Coverage coverage(String source, Period period) {
        if (!services.sources().contains(source)) {
            return Coverage.none();
        }
        try (Workbench bench = lake.workbench(megabytes)) {
            StatementView.make(bench, services, ReconcileQuery.sales(period));
            CatalogTable.load(bench, ledger);
            new ReconcileQuery(bench, rules, source, period, "").look();
            return new CoverageQuery(bench, ledger, services, source, period).find();
        }
    }

    private Reconciliation reconcile(Workbench bench, String source, Period period) {
        AdjustmentQuery restating = new AdjustmentQuery(ledger, lake, services, bench);
        List<String> corrected = new ArrayList<>(restating.booked(source, period));
        AdjustmentQuery.earlier(ledger, source, period).forEach(close -> corrected.add(close.id()));
        Map<LakeTable, Long> inputs = ReconciliationInputs.of(bench.snapshots());
        String id = ReconciliationInputs.id(
                source, period, rules, services, inputs, ledger.recordings().hash(), corrected);
        boolean unchanged = id.equals(lake.lastReplacement(LakeTable.RECONCILED, source, period.label())
                .get("tactus." + INPUTS));
        CatalogTable.load(bench, ledger);
        if (!unchanged) {
            restating.make(source, period, id);
        }
        StatementView.make(bench, services, ReconcileQuery.sales(period));
        ReconcileQuery joining = new ReconcileQuery(bench, rules, source, period, id);
        joining.look();
        ConservationCheck conservation = new ConservationCheck(bench, source, period);
        if (unchanged) {
            ReconciliationTotals totals =
                    ReconciliationTotals.of(bench, bench.relation(reconciled(source, period)), conservation.leftOut());
            conservation.check(totals);
            return done(bench, id, source, period, Map.of(), totals);
        }
        joining.make();
        long base = bench.snapshot(LakeTable.RECONCILED).orElse(0L);
        PartitionReplacement replacement = new PartitionReplacement(
                id + "@" + base, source, period.label(), properties(id, inputs), selections(bench, source, period));
        try (PreparedPartition written = bench.write(replacement)) {
            ReconciliationTotals totals =
                    ReconciliationTotals.of(bench, written.relation(LakeTable.RECONCILED), conservation.leftOut());
            conservation.check(totals);
            Map<LakeTable, Long> committed = new EnumMap<>(LakeTable.class);
            written.commit().forEach(one -> committed.put(one.table(), one.snapshotId()));
            return done(bench, id, source, period, committed, totals);
        }
    }

    /// A closed period stays what it is; one that overlaps it would pay its days a second time.
    private void refuseClosed(String source, Period period) {
        for (PeriodRecord close : ledger.periods().inForce(source)) {
            Period closed = new Period(close.from(), close.to());
            if (closed.equals(period)) {
                throw new PeriodRefusal(
                        source + " " + period + " was closed on " + ManifestJson.when(close.at()) + " by "
                                + close.by() + " (" + close.id()
                                + "). With --closed it is written as it was closed; what has changed since becomes adjustments"
                                + " when the next open period is reconciled; tactus reopen opens it again");
            }
            if (closed.overlaps(period)) {
                throw new PeriodRefusal(source + " " + period + " overlaps " + closed + ", which is closed ("
                        + close.id()
                        + "): its days would be payable twice. Take a period beside it, or tactus reopen --period "
                        + closed);
            }
        }
    }

    /// What is written: the rows, and the adjustments where there are some, or were.
    private static Map<LakeTable, String> selections(Workbench bench, String source, Period period) {
        Map<LakeTable, String> selections = new EnumMap<>(LakeTable.class);
        selections.put(LakeTable.RECONCILED, "SELECT * FROM joined");
        String before = bench.relation(adjustments(source, period));
        long rows = bench.number(
                "SELECT (SELECT count(*) FROM " + AdjustmentQuery.TABLE + ") + (SELECT count(*) FROM " + before + ")");
        if (rows > 0) {
            selections.put(LakeTable.ADJUSTMENTS, "SELECT * FROM " + AdjustmentQuery.TABLE);
        }
        return selections;
    }

    private Map<String, String> properties(String id, Map<LakeTable, Long> inputs) {
        Map<String, String> properties = new LinkedHashMap<>(Map.of(INPUTS, id));
        rules.written().forEach((name, value) -> properties.put("rules." + name, value));
        inputs.forEach((table, snapshot) -> properties.put("snapshot." + table.label(), snapshot.toString()));
        return properties;
    }

    private Reconciliation done(
            Workbench bench,
            String id,
            String source,
            Period period,
            Map<LakeTable, Long> committed,
            ReconciliationTotals totals) {
        Map<LakeTable, Long> outputs = new EnumMap<>(LakeTable.class);
        bench.snapshot(LakeTable.RECONCILED).ifPresent(now -> outputs.put(LakeTable.RECONCILED, now));
        bench.snapshot(LakeTable.ADJUSTMENTS).ifPresent(now -> outputs.put(LakeTable.ADJUSTMENTS, now));
        outputs.putAll(committed);
        return new Reconciliation(
                id,
                source,
                period,
                rules,
                !committed.isEmpty(),
                ReconciliationInputs.of(bench.snapshots()),
                outputs,
                Adjustment.of(
                        bench, adjustments(source, period), Optional.ofNullable(outputs.get(LakeTable.ADJUSTMENTS))),
                totals);
    }

    /// Everything that was reconciled for a source and period.
    public static TablePart reconciled(String source, Period period) {
        return TablePart.period(LakeTable.RECONCILED, source, period.label());
    }

    /// The adjustments that are counted in a period.
    public static TablePart adjustments(String source, Period period) {
        return TablePart.period(LakeTable.ADJUSTMENTS, source, period.label());
    }
}
