package dev.tactus.reconcile.files;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.files.FileColumns.Column;
import dev.tactus.reconcile.files.FileColumns.Kind;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.variance.VarianceTable;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// What a service is asked about: the rows of a period that somebody disputes, and those that it has
/// not reported and nobody has accepted, as CSV.
public final class Disputes {
    private static final List<Column> COLUMNS = List.of(
            new Column("service", Kind.TEXT),
            new Column("period", Kind.TEXT),
            new Column("isrc", Kind.TEXT),
            new Column("title", Kind.TEXT),
            new Column("artists", Kind.TEXT),
            new Column("territory", Kind.TEXT),
            new Column("usage_type", Kind.TEXT),
            new Column("our_count", Kind.WHOLE),
            new Column("reported_count", Kind.WHOLE),
            new Column("difference", Kind.WHOLE),
            new Column("reported_revenue", Kind.TEXT),
            new Column("question", Kind.TEXT),
            new Column("comment", Kind.TEXT),
            new Column("decided_by", Kind.TEXT),
            new Column("decided_at", Kind.TEXT));

    private final Workbench bench;
    private final String rows;

    /// @param variances stand in the workbench
    /// @param within so few plays that are not reported are no question
    public Disputes(Workbench bench, VarianceTable variances, PeriodParts parts, long within) {
        this.bench = bench;
        this.rows = "("
                + SqlResource.of(Disputes.class, "disputes")
                        .insert("variance", variances.relation())
                        .with("service", parts.source())
                        .with("period", parts.period().label())
                        .with("within", within)
                        .text()
                + ")";
    }

    /// How many rows it has.
    public long size() {
        return bench.number("SELECT count(*) FROM " + rows);
    }

    /// Writes it, those with the largest differences first.
    public CanonicalCsv.Digest write(OutputStream out) {
        return CanonicalCsv.write(
                bench, rows, COLUMNS, Optional.empty(), "abs(difference) DESC, isrc, territory, usage_type", out);
    }
}
