package dev.tactus.reconcile.join;

import dev.tactus.lake.query.Workbench;

/// A workbench whose view [JoinRelations#JOINED] has what API counts and report counts were joined to, under every
/// column of `reconciled`.
public final class JoinedRows {
    private final Workbench bench;

    JoinedRows(Workbench bench) {
        this.bench = bench;
    }

    /// The rows, for a FROM clause.
    public String relation() {
        return JoinRelations.JOINED.name();
    }

    Workbench bench() {
        return bench;
    }

    /// Whether neither side has a row; found without joining them again.
    public boolean isEmpty() {
        return bench.number("SELECT (SELECT count(*) FROM api_side) + (SELECT count(*) FROM report_sum)") == 0;
    }
}
