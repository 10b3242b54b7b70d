package dev.tactus.reconcile.coverage;

import static dev.tactus.reconcile.coverage.CoverageRelations.LAST_API;
import static dev.tactus.reconcile.coverage.CoverageRelations.LAST_COUNT;
import static dev.tactus.reconcile.coverage.CoverageRelations.LAST_RECORDING;
import static dev.tactus.reconcile.coverage.CoverageRelations.LAST_REPORT;
import static dev.tactus.reconcile.coverage.CoverageRelations.LAST_REVENUE;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.join.CatalogTable;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.StatementView;

/// A workbench with what each recording counted and earned in a period, by territory, for the one after it:
/// [CoverageRelations#LAST_COUNT] and [CoverageRelations#LAST_REVENUE].
final class PreviousUsage {
    private final Workbench bench;

    private PreviousUsage(Workbench bench) {
        this.bench = bench;
    }

    /// Makes it for the period of the statements; only recordings of the catalog are in it.
    static PreviousUsage make(StatementView statements, CatalogTable catalog, String source) {
        Workbench bench = catalog.bench();
        Period period = statements.period();
        LAST_API.make(
                bench,
                days("last_api", source, period)
                        .insert("streams", bench.relation(new PeriodParts(source, period).streams()))
                        .text());
        LAST_REPORT.make(bench, days("last_report", source, period).text());
        LAST_REVENUE.make(bench, days("last_revenue", source, period).text());
        LAST_COUNT.make(bench, SqlResource.of(PreviousUsage.class, "last_count").text());
        LAST_RECORDING.make(bench, "SELECT DISTINCT isrc FROM last_count");
        return new PreviousUsage(bench);
    }

    private static SqlResource days(String name, String source, Period period) {
        return SqlResource.of(PreviousUsage.class, name)
                .with("source", source)
                .with("from", period.from())
                .with("to", period.to());
    }

    /// What all recordings counted.
    long total() {
        return bench.number("SELECT coalesce(sum(n), 0) FROM last_count");
    }
}
