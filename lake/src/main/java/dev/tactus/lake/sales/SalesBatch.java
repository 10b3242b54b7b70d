package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.iceberg.TableChange;
import dev.tactus.lake.sales.PreparedSales.Likeness;
import dev.tactus.lake.sales.PreparedSales.Overlap;
import dev.tactus.lake.sales.PreparedSales.Repetition;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reports that become visible in one commit: written one after the other, kept until then, compared with one another
/// and with what is in the lake. One thread at a time. Closing deletes what was kept and not committed.
public final class SalesBatch implements AutoCloseable {
    private static final String CLAIMS = "kept_claims";
    private static final String ROWS = "kept_rows";
    private static final String NAMED = "kept_named_claims";

    private final SalesReports reports;
    private final List<PreparedSales> kept = new ArrayList<>();
    /// How many of those kept have their claims in DuckDB: the only report of an import needs none there.
    private int remembered;

    private @Nullable DuckDb duck;

    SalesBatch(SalesReports reports) {
        this.reports = reports;
    }

    private DuckDb duck() {
        DuckDb open = duck;
        if (open == null) {
            open = reports.duck();
            duck = open;
        }
        return open;
    }

    /// Compares a report's claims with those of reports in the lake.
    ///
    /// @param statements whether claims of different statements are different claims
    /// @return by report, those that have a claim in common
    public Map<String, Overlap> overlaps(PreparedSales fresh, Collection<String> others, boolean statements) {
        return others.isEmpty()
                ? Map.of()
                : SalesClaims.overlaps(
                        duck(),
                        SalesClaims.of(fresh.salesRelation(), ""),
                        SalesClaims.of(reports.current() + " t", SalesClaims.whereReport(others)),
                        statements);
    }

    /// The same with those kept.
    public Map<String, Overlap> overlapsKept(PreparedSales fresh, boolean statements) {
        if (kept.isEmpty()) {
            return Map.of();
        }
        remember();
        return SalesClaims.overlaps(duck(), SalesClaims.of(fresh.salesRelation(), ""), "FROM " + CLAIMS, statements);
    }

    /// Compares a report's claims with those of reports in the lake that others have sent: whatever the statement, and
    /// by names where one of the two does not say the recording.
    ///
    /// @return by report, those that have a claim in common
    public Map<String, Overlap> overlapsOfSenders(PreparedSales fresh, Collection<String> others) {
        String theirs = "(SELECT * FROM " + reports.current() + " t" + SalesClaims.whereReport(others) + ")";
        return others.isEmpty() ? Map.of() : NamedClaims.overlaps(duck(), named(fresh.salesRelation()), named(theirs));
    }

    /// The same with those kept.
    public Map<String, Overlap> overlapsOfSendersKept(PreparedSales fresh) {
        if (kept.isEmpty()) {
            return Map.of();
        }
        remember();
        return NamedClaims.overlaps(duck(), named(fresh.salesRelation()), "FROM " + NAMED);
    }

    private String named(String sales) {
        return NamedClaims.of(sales, reports.matches());
    }

    private void remember() {
        for (; remembered < kept.size(); remembered++) {
            String rows = kept.get(remembered).salesRelation();
            duck().run((remembered == 0 ? "CREATE OR REPLACE TABLE " + CLAIMS + " AS " : "INSERT INTO " + CLAIMS + " ")
                    + SalesClaims.of(rows, ""));
            duck().run((remembered == 0 ? "CREATE OR REPLACE TABLE " + ROWS + " AS " : "INSERT INTO " + ROWS + " ")
                    + SalesClaims.rows(rows, ""));
            duck().run((remembered == 0 ? "CREATE OR REPLACE TABLE " + NAMED + " AS " : "INSERT INTO " + NAMED + " ")
                    + named(rows));
        }
    }

    /// How many of a report's rows are in others, in the lake or kept, with the same units and money.
    ///
    /// @param others ids of the reports to compare with
    /// @param alike what else has to be the same
    /// @param siblings reports whose rows count whatever their statement; of others those of another statement
    /// @return by report, those that have a row in common
    public Map<String, Repetition> repetitions(
            PreparedSales fresh, Collection<String> others, Likeness alike, Collection<String> siblings) {
        if (others.isEmpty()) {
            return Map.of();
        }
        String where = SalesClaims.whereReport(others);
        String theirs = SalesClaims.rows(reports.current() + " t", where);
        if (!kept.isEmpty()) {
            remember();
            theirs += " UNION ALL SELECT * FROM " + ROWS + where;
        }
        return SalesClaims.repetitions(duck(), SalesClaims.rows(fresh.salesRelation(), ""), theirs, alike, siblings);
    }

    /// How far a report tells usage by other days than others, in the lake or kept, or than itself.
    ///
    /// @param senders who has sent it and the reports to compare it with, by id
    public SharedDays sharedDays(PreparedSales fresh, String id, Map<String, String> senders) {
        List<String> others =
                senders.keySet().stream().filter(one -> !one.equals(id)).toList();
        String days = "SELECT report_id, usage_start, usage_end FROM ";
        String ranges = days + fresh.salesRelation();
        String rows = SalesClaims.rows(fresh.salesRelation(), "");
        if (!others.isEmpty()) {
            String where = SalesClaims.whereReport(others);
            ranges += " UNION ALL " + days + reports.current() + " t" + where;
            rows += " UNION ALL " + SalesClaims.rows(reports.current() + " t", where);
            if (!kept.isEmpty()) {
                remember();
                ranges += " UNION ALL " + days + CLAIMS + where;
                rows += " UNION ALL SELECT * FROM " + ROWS + where;
            }
        }
        if (!SharedDays.exist(duck(), id, ranges)) {
            return SharedDays.NONE;
        }
        SharedDays found = SharedDays.of(duck(), id, rows, senders, false);
        return found.met() > 0 ? found : SharedDays.of(duck(), id, rows, senders, true);
    }

    /// What reports in the lake come to, each; nothing of those that are not there.
    public Map<String, SalesSize> sizes(Collection<String> reportIds) {
        Map<String, SalesSize> sizes = new HashMap<>();
        if (!reportIds.isEmpty()) {
            duck().list(
                            "SELECT report_id, currency, count(*), CAST(coalesce(sum(quantity), 0) AS VARCHAR),"
                                    + " count(net_revenue), sum(net_revenue) FROM " + reports.current() + " t"
                                    + SalesClaims.whereReport(reportIds) + " GROUP BY report_id, currency",
                            SalesBatch::size)
                    .forEach(one -> sizes.merge(one.getKey(), one.getValue(), SalesSize::plus));
        }
        return sizes;
    }

    private static Map.Entry<String, SalesSize> size(ResultSet row) throws SQLException {
        SortedMap<String, BigDecimal> money = new TreeMap<>();
        @Nullable BigDecimal amount = row.getBigDecimal(6);
        if (row.getLong(5) > 0 && amount != null) {
            money.put(String.valueOf(row.getString(2)), amount);
        }
        return Map.entry(row.getString(1), new SalesSize(row.getLong(3), new BigInteger(row.getString(4)), money));
    }

    /// What a report's amounts come to without their signs, by currency: refunds don't hide how much money it is about.
    public SortedMap<String, BigDecimal> turnover(PreparedSales fresh) {
        SortedMap<String, BigDecimal> turnover = new TreeMap<>();
        duck().list(
                        "SELECT currency, sum(abs(net_revenue)) FROM " + fresh.salesRelation()
                                + " WHERE net_revenue IS NOT NULL GROUP BY currency",
                        row -> Map.entry(String.valueOf(row.getString(1)), row.getBigDecimal(2)))
                .forEach(one -> turnover.put(one.getKey(), one.getValue()));
        return turnover;
    }

    /// What a report's amounts come to by statement, then by currency; rows that name no statement under the empty
    /// text.
    public SortedMap<String, SortedMap<String, BigDecimal>> statements(PreparedSales fresh) {
        return statements(fresh.salesRelation());
    }

    /// The same of reports in the lake.
    public SortedMap<String, SortedMap<String, BigDecimal>> statements(Collection<String> reportIds) {
        return reportIds.isEmpty()
                ? new TreeMap<>()
                : statements(reports.current() + " t" + SalesClaims.whereReport(reportIds));
    }

    /// What reports in the lake deduct in rows of their own, by currency.
    public SortedMap<String, BigDecimal> deducted(Collection<String> reportIds) {
        SortedMap<String, BigDecimal> money = new TreeMap<>();
        if (!reportIds.isEmpty()) {
            duck().list(
                            "SELECT coalesce(currency, 'XXX'), sum(amount) FROM " + reports.deductions() + " t"
                                    + SalesClaims.whereReport(reportIds) + " GROUP BY ALL HAVING count(amount) > 0",
                            row -> Map.entry(row.getString(1), row.getBigDecimal(2)))
                    .forEach(one -> money.put(one.getKey(), one.getValue()));
        }
        return money;
    }

    private SortedMap<String, SortedMap<String, BigDecimal>> statements(String relation) {
        SortedMap<String, SortedMap<String, BigDecimal>> money = new TreeMap<>();
        duck().list(
                        "SELECT coalesce(statement_period, ''), currency, sum(net_revenue) FROM " + relation
                                + " GROUP BY ALL HAVING count(net_revenue) > 0",
                        row -> new Booked(row.getString(1), String.valueOf(row.getString(2)), row.getBigDecimal(3)))
                .forEach(one -> money.computeIfAbsent(one.statement(), _ -> new TreeMap<>())
                        .merge(one.currency(), one.amount(), BigDecimal::add));
        return money;
    }

    private record Booked(String statement, String currency, BigDecimal amount) {}

    /// Keeps a report until the commit.
    public void keep(PreparedSales fresh) {
        kept.add(fresh);
    }

    /// No longer keeps one, which stays as it is: whoever asked for it keeps it again, or closes it.
    public void release(PreparedSales one) {
        kept.remove(one);
        remembered = 0;
    }

    /// Gives up one that was kept.
    public void drop(PreparedSales given) {
        release(given);
        given.close();
    }

    /// The reports that the next commit makes visible.
    public List<PreparedSales> kept() {
        return List.copyOf(kept);
    }

    /// Makes all that is kept visible at once, and takes those it replaces out in the same moment; nothing is kept
    /// afterwards.
    ///
    /// @param label of the commit; done once, whatever crashes
    /// @param properties for the snapshots' summaries, by short name
    public List<TableCommit> commit(String label, Set<String> replaces, Map<String, String> properties) {
        List<PreparedSales> fresh = kept();
        List<TableCommit> commits = reports.commit(label, properties, () -> {
            List<TableChange> prepared = Stream.of(LakeTable.SALES_REJECTS, LakeTable.DEDUCTIONS, LakeTable.SALES)
                    .map(table -> change(fresh, table, replaces))
                    .toList();
            fresh.forEach(PreparedSales::settle);
            return prepared;
        });
        kept.clear();
        remembered = 0;
        return commits;
    }

    private TableChange change(List<PreparedSales> fresh, LakeTable table, Set<String> replaces) {
        return reports.removal(duck(), table, replaces)
                .with(
                        table,
                        fresh.stream().flatMap(one -> one.files(table).stream()).toList(),
                        fresh.stream().mapToLong(one -> one.rows(table)).sum());
    }

    @Override
    public void close() {
        kept.forEach(PreparedSales::close);
        DuckDb open = duck;
        if (open != null) {
            open.close();
        }
    }
}
