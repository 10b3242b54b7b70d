package dev.tactus.reconcile.coverage;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.ledger.Ledger;
import dev.tactus.music.identifiers.TerritoryGroups;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.join.CatalogTable;
import dev.tactus.reconcile.join.JoinInputs;
import dev.tactus.reconcile.join.StatementView;

/// Finds how much of a source's period has a source at all. A service that has no API is what its reports say it is.
public final class CoverageFinder {
    private final Ledger ledger;
    private final Lake lake;
    private final ServiceSources services;
    private final int megabytes;

    /// @param megabytes DuckDB's limit
    public CoverageFinder(Ledger ledger, Lake lake, ServiceSources services, int megabytes) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
        this.megabytes = megabytes;
    }

    public Coverage find(String source, Period period) {
        if (!services.sources().contains(source)) {
            return Coverage.none();
        }
        try (Workbench bench = lake.workbench(megabytes)) {
            CatalogTable catalog = CatalogTable.load(bench, ledger);
            PreviousUsage previous =
                    PreviousUsage.make(StatementView.make(bench, services, period.previous()), catalog, source);
            JoinInputs inputs =
                    JoinInputs.make(StatementView.make(bench, services, period), catalog, source, TerritoryGroups.NONE);
            return new CoverageQuery(inputs, previous, ledger).find();
        }
    }
}
