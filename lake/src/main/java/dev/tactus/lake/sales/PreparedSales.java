package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/// A report whose rows are written, forced to disk and read back, and invisible until it is committed.
///
/// It outlives its [SalesWriter]. One thread at a time.
public final class PreparedSales implements AutoCloseable {
    /// What the rows with an amount come to in one currency, as the files hold them.
    public record Total(String currency, long rows, BigDecimal amount) {}

    /// How far a report claims what another one claims: the same service, recording, territory, kind and days.
    ///
    /// @param ours how many different claims this report makes
    /// @param theirs how many the other one makes
    /// @param common how many both make
    public record Overlap(long ours, long theirs, long common) {}

    /// What rows have in common, beside units and money, when they are said to be the same.
    public enum Likeness {
        /// recording, territory, kind of usage and days
        ALL,
        /// all but the days
        OTHER_DAYS,
        /// all, but money may differ; only rows with units count
        OTHER_MONEY,
        /// all, but a title stands in place of the recording, which only one of the two names by an ISRC
        NAMES
    }

    /// How many rows of a report another one has with the same units and money; rows of zero are none.
    ///
    /// @param ours how many rows this report has
    /// @param theirs how many the other one has
    /// @param common how many of them are the same
    /// @param amounts how many different units and money those have
    /// @param statement of the first of them here; may be empty
    /// @param theirStatement of the first of them there; may be empty
    public record Repetition(
            long ours, long theirs, long common, long amounts, String statement, String theirStatement) {}

    private final SalesReports reports;
    private final String reportId;
    private final List<DataFile> sales;
    private final List<DataFile> rejects;
    private final List<DataFile> deductions;
    private final long rows;
    private final long rejectedRows;
    private final List<Total> deducted;
    private final BigInteger lineSum;
    private final BigInteger quantity;
    private final List<Total> totals;
    private boolean settled;

    PreparedSales(
            SalesReports reports,
            DuckDb duck,
            String reportId,
            List<DataFile> sales,
            List<DataFile> rejects,
            List<DataFile> deductions) {
        this.reports = reports;
        this.reportId = reportId;
        this.sales = List.copyOf(sales);
        this.rejects = List.copyOf(rejects);
        this.deductions = List.copyOf(deductions);
        String from = " FROM " + files(LakeTable.SALES, sales);
        List<InCurrency> found = duck.list(
                "SELECT currency, count(*), CAST(sum(line) AS VARCHAR), CAST(coalesce(sum(quantity), 0) AS VARCHAR),"
                        + " count(net_revenue), sum(net_revenue)" + from + " GROUP BY currency ORDER BY currency",
                InCurrency::read);
        this.rows = found.stream().mapToLong(InCurrency::rows).sum();
        this.lineSum = found.stream().map(InCurrency::lineSum).reduce(BigInteger.ZERO, BigInteger::add);
        this.quantity = found.stream().map(InCurrency::quantity).reduce(BigInteger.ZERO, BigInteger::add);
        this.totals = found.stream()
                .map(InCurrency::total)
                .filter(total -> total.rows() > 0)
                .toList();
        this.rejectedRows = duck.number("SELECT count(*) FROM " + files(LakeTable.SALES_REJECTS, rejects));
        this.deducted = duck.list(
                "SELECT kind || ' ' || coalesce(currency, 'XXX') AS k, count(*), sum(amount) FROM "
                        + files(LakeTable.DEDUCTIONS, deductions) + " GROUP BY k ORDER BY k",
                row -> new Total(row.getString(1), row.getLong(2), row.getBigDecimal(3)));
    }

    /// What all rows of a currency come to.
    private record InCurrency(long rows, BigInteger lineSum, BigInteger quantity, Total total) {
        static InCurrency read(ResultSet row) throws SQLException {
            @Nullable BigDecimal amount = row.getBigDecimal(6);
            return new InCurrency(
                    row.getLong(2),
                    new BigInteger(row.getString(3)),
                    new BigInteger(row.getString(4)),
                    new Total(
                            String.valueOf(row.getString(1)),
                            row.getLong(5),
                            amount == null ? BigDecimal.ZERO : amount));
        }
    }

    private String files(LakeTable table, List<DataFile> files) {
        return SnapshotFiles.alike(table, reports.catalog().kept(), files) + " t";
    }

    public long rows() {
        return rows;
    }

    public long rejects() {
        return rejectedRows;
    }

    /// What was taken off, by kind and currency with a space between, sorted.
    public List<Total> deducted() {
        return deducted;
    }

    /// The sum of the lines' numbers: a row that is there twice, or another one's, shows in it.
    public BigInteger lineSum() {
        return lineSum;
    }

    public BigInteger quantity() {
        return quantity;
    }

    /// By currency, sorted; rows without a currency under `null`.
    public List<Total> totals() {
        return totals;
    }

    /// Compares the claims with those of a report that is in the lake.
    ///
    /// @param statements whether claims of different statements are different claims
    public Overlap overlap(String otherId, boolean statements) {
        try (SalesBatch alone = reports.batch()) {
            return alone.overlaps(this, Set.of(otherId), statements).getOrDefault(otherId, new Overlap(0, 0, 0));
        }
    }

    /// Makes the report visible, all of it at once, and takes those it replaces out in the same moment.
    ///
    /// @param properties for the snapshots' summaries, by short name
    public List<TableCommit> commit(Set<String> replaces, Map<String, String> properties) {
        try (SalesBatch alone = reports.batch()) {
            alone.keep(this);
            return alone.commit(reportId, replaces, properties);
        }
    }

    /// Its rows of `sales`, for a FROM clause.
    String salesRelation() {
        return files(LakeTable.SALES, sales);
    }

    List<DataFile> files(LakeTable table) {
        return table == LakeTable.SALES ? sales : table == LakeTable.DEDUCTIONS ? deductions : rejects;
    }

    long rows(LakeTable table) {
        return table == LakeTable.SALES
                ? rows
                : table == LakeTable.DEDUCTIONS
                        ? deducted.stream().mapToLong(Total::rows).sum()
                        : rejectedRows;
    }

    /// Its files belong to a commit now, which deletes them if it fails.
    void settle() {
        settled = true;
    }

    /// Deletes the files if nobody tried to commit them.
    @Override
    public void close() {
        if (!settled) {
            settled = true;
            reports.catalog().discard(sales);
            reports.catalog().discard(rejects);
            reports.catalog().discard(deductions);
        }
    }
}
