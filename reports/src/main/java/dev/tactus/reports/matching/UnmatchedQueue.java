package dev.tactus.reports.matching;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.music.Recording;
import dev.tactus.music.identifiers.InvalidUpc;
import dev.tactus.music.identifiers.Upc;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The queue of usage that the catalog does not know and nobody has decided about, as the lake was when this was
/// opened, what is worth most first.
///
/// It stands in DuckDB, bounded, which spills into the lake's folder: a queue of a million is not held by the heap. Not
/// thread-safe.
public final class UnmatchedQueue implements AutoCloseable {
    private static final int MEGABYTES = 256;
    private static final int KEYS_AT_ONCE = 50_000;
    private static final String USAGES_BY_KEY =
            SqlResource.of(UnmatchedQueue.class, "usages_by_key").text();

    private final Workbench bench;
    private final long count;

    public UnmatchedQueue(Ledger ledger, Lake lake) {
        this(ledger, lake, KEYS_AT_ONCE);
    }

    UnmatchedQueue(Ledger ledger, Lake lake, long keysAtOnce) {
        this.bench = lake.workbench(MEGABYTES);
        try {
            catalog(ledger);
            queue(keysAtOnce);
            worth();
            suggestions();
            this.count = bench.number("SELECT count(*) FROM queue");
        } catch (RuntimeException e) {
            bench.close();
            throw e;
        }
    }

    /// How many usages there are.
    public long count() {
        return count;
    }

    /// Hands the first of them over, one after the other.
    public void first(long most, Consumer<UnmatchedUsage> taker) {
        bench.query("""
                SELECT q.key, q.isrc, q.upc, q.title, q.artist, q.senders, q.services, q.rows, CAST(q.quantity AS VARCHAR),
                  coalesce(array_to_string(q.revenue, ' '), ''), q.first_day, q.last_day, coalesce(n.isrc, u.isrc)
                FROM queue q
                LEFT JOIN suggested n ON n.k = q.name_key
                LEFT JOIN suggested u ON u.k = q.upc_key
                LEFT JOIN worth w ON w.key = q.key
                ORDER BY coalesce(w.share, 0) DESC, q.quantity DESC, q.key LIMIT %d
                """.formatted(most), row -> taker.accept(UnmatchedUsage.of(row)));
    }

    /// All of them, likewise.
    public void each(Consumer<UnmatchedUsage> taker) {
        first(count, taker);
    }

    /// The recordings, with what usage that is theirs may have in common with them.
    private void catalog(Ledger ledger) {
        bench.run("CREATE TABLE catalog (isrc VARCHAR, title VARCHAR, artist VARCHAR, upc_key VARCHAR)");
        bench.fill(
                "catalog",
                () -> ledger.recordings().active().map(UnmatchedQueue::row).iterator());
    }

    private static List<@Nullable Object> row(Recording recording) {
        String artist =
                recording.artistCredit() == null ? String.join(", ", recording.artists()) : recording.artistCredit();
        return Arrays.asList(recording.isrc().value(), recording.title(), artist, gtin(recording.upc()));
    }

    private static @Nullable String gtin(@Nullable String upc) {
        if (upc == null || upc.isBlank()) {
            return null;
        }
        try {
            return Upc.parse(upc).value();
        } catch (InvalidUpc unusable) {
            return upc.strip();
        }
    }

    /// Some usages at a time: what is gathered of texts can't be spilled.
    private void queue(long keysAtOnce) {
        bench.run("CREATE MACRO folded(t) AS nullif(regexp_replace(lower(t), '[^\\p{L}\\p{N}]', '', 'g'), '')");
        bench.run("CREATE MACRO name_key(title, artist) AS 'name:' || folded(title) || '|' || folded(artist)");
        String sales = bench.relation(TablePart.all(LakeTable.SALES));
        long parts =
                1 + bench.number("SELECT approx_count_distinct(coalesce(isrc, usage_key)) FROM " + sales) / keysAtOnce;
        SqlResource usage = SqlResource.of(UnmatchedQueue.class, "usage")
                .insert("sales", sales)
                .insert("matches", bench.relation(TablePart.all(LakeTable.USAGE_MATCHES)))
                .with("parts", parts);
        for (long part = 0; part < parts; part++) {
            bench.run(usage.with("part", part).text());
            bench.run((part == 0 ? "CREATE TABLE queue AS " : "INSERT INTO queue ") + USAGES_BY_KEY);
        }
        bench.run("DROP TABLE usage");
    }

    /// Amounts of different currencies are not comparable; their shares of what is unmatched in each are.
    private void worth() {
        bench.run("""
                CREATE TABLE worth AS
                WITH money AS (
                  SELECT key, split_part(m, ' ', 1) AS currency,
                    abs(CAST(split_part(m, ' ', 2) AS DECIMAL(38,18))) AS amount
                  FROM (SELECT key, unnest(revenue) AS m FROM queue)),
                total AS (SELECT currency, sum(amount) AS amount FROM money GROUP BY currency HAVING sum(amount) > 0)
                SELECT m.key, max(CAST(m.amount AS DOUBLE) / CAST(t.amount AS DOUBLE)) AS share
                FROM money m JOIN total t ON t.currency = m.currency GROUP BY m.key
                """);
    }

    /// What only one recording has: worth suggesting.
    private void suggestions() {
        bench.run("""
                CREATE TABLE suggested AS
                SELECT k, any_value(isrc) AS isrc FROM (
                  SELECT name_key(title, artist) AS k, isrc FROM catalog
                  UNION ALL SELECT 'upc:' || upc_key, isrc FROM catalog)
                WHERE k IN (SELECT name_key FROM queue UNION ALL SELECT upc_key FROM queue)
                GROUP BY k HAVING min(isrc) = max(isrc)
                """);
    }

    @Override
    public void close() {
        bench.close();
    }
}
