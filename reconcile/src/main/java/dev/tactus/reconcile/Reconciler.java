package dev.tactus.reconcile;

import dev.tactus.lake.Committed;
import dev.tactus.lake.Lake;
import dev.tactus.lake.LakeConflict;
import dev.tactus.lake.LakeTable;
import dev.tactus.lake.PartitionReplacement;
import dev.tactus.lake.TablePart;
import dev.tactus.lake.Workbench;
import dev.tactus.lake.WrittenPartition;
import dev.tactus.ledger.Ledger;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;

/// Reconciles a source and period: what the API counted against what reports say, into the lake's `reconciled`.
///
/// A source and period are replaced in one commit, exactly once: the same inputs and rules again change nothing, and
/// readers see the one before or this one, never half. The caller holds the ledger's lock.
public final class Reconciler {
    /// What `reconciled` says of the inputs that its rows were made from.
    static final String INPUTS = "inputs";

    private static final int TRIES = 3;

    private final Ledger ledger;
    private final Lake lake;
    private final Services services;
    private final Rules rules;
    private final int megabytes;

    /// @param megabytes DuckDB's limit; more rows than fit are spilled into the lake's folder
    public Reconciler(Ledger ledger, Lake lake, Services services, Rules rules, int megabytes) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
        this.rules = rules;
        this.megabytes = megabytes;
    }

    /// The configured sources, and the services that only reports tell of in this period.
    public SequencedSet<String> sources(Period period) {
        SequencedSet<String> all = new LinkedHashSet<>(services.sources());
        try (Workbench bench = lake.workbench(megabytes)) {
            Statements.make(bench, services, Joining.sales(period));
            all.addAll(new TreeSet<>(Asked.texts(
                    bench,
                    "SELECT DISTINCT source FROM statement WHERE source <> '' AND usage_start <= "
                            + Literal.day(period.to()) + " AND usage_end >= " + Literal.day(period.from()))));
        }
        return all;
    }

    /// Reconciles one source.
    ///
    /// @throws DoesNotAddUp if the result does not hold exactly what the inputs hold; nothing is written then
    public Reconciliation reconcile(String source, Period period) {
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

    /// How much of a source's period has a source at all.
    public Coverage coverage(String source, Period period) {
        try (Workbench bench = lake.workbench(megabytes)) {
            Statements.make(bench, services, Joining.sales(period));
            CatalogTable.load(bench, ledger);
            new Joining(bench, rules, source, period, "").look();
            return new Covering(bench, ledger, services, source, period).find();
        }
    }

    private Reconciliation reconcile(Workbench bench, String source, Period period) {
        Map<LakeTable, Long> inputs = Inputs.of(bench.snapshots());
        String id = Inputs.id(
                source, period, rules, services, inputs, ledger.recordings().hash());
        Statements.make(bench, services, Joining.sales(period));
        CatalogTable.load(bench, ledger);
        Joining joining = new Joining(bench, rules, source, period, id);
        joining.look();
        Conservation conservation = new Conservation(bench, source, period);
        if (id.equals(lake.lastReplacement(LakeTable.RECONCILED, source, period.label())
                .get("tactus." + INPUTS))) {
            Totals totals = Totals.of(bench, bench.relation(reconciled(source, period)), conservation.leftOut());
            conservation.check(totals);
            long snapshot = bench.snapshot(LakeTable.RECONCILED).orElseThrow();
            return new Reconciliation(id, source, period, rules, false, inputs, snapshot, totals);
        }
        joining.make();
        long base = bench.snapshot(LakeTable.RECONCILED).orElse(0L);
        PartitionReplacement replacement = new PartitionReplacement(
                id + "@" + base,
                source,
                period.label(),
                properties(id, inputs),
                Map.of(LakeTable.RECONCILED, "SELECT * FROM joined"));
        try (WrittenPartition written = bench.write(replacement)) {
            Totals totals = Totals.of(bench, written.relation(LakeTable.RECONCILED), conservation.leftOut());
            conservation.check(totals);
            long snapshot = written.commit().stream()
                    .filter(one -> one.table() == LakeTable.RECONCILED)
                    .map(Committed::snapshotId)
                    .findFirst()
                    .orElseThrow();
            return new Reconciliation(id, source, period, rules, true, inputs, snapshot, totals);
        }
    }

    private Map<String, String> properties(String id, Map<LakeTable, Long> inputs) {
        Map<String, String> properties = new LinkedHashMap<>(Map.of(INPUTS, id));
        rules.written().forEach((name, value) -> properties.put("rules." + name, value));
        inputs.forEach((table, snapshot) -> properties.put("snapshot." + table.label(), snapshot.toString()));
        return properties;
    }

    /// Everything that was reconciled for a source and period, as it is now.
    static TablePart reconciled(String source, Period period) {
        return TablePart.period(LakeTable.RECONCILED, source, period.label());
    }
}
