package dev.tactus.reports.matching;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.RowSink;
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
/// opened, what was used most first.
///
/// It stands in DuckDB, bounded, which spills into the lake's folder: a queue of a million is not held by the heap. Not
/// thread-safe.
public final class UnmatchedQueue implements AutoCloseable {
    private static final int MEGABYTES = 256;
    private static final int AT_ONCE = 50_000;
    private static final String USAGES = """
            WITH money AS (
              SELECT key, list(currency || ' ' || CAST(revenue AS VARCHAR) ORDER BY currency) AS revenue FROM (
                SELECT key, currency, CAST(sum(revenue) AS DECIMAL(38,18)) AS revenue FROM usage
                WHERE currency IS NOT NULL GROUP BY ALL)
              GROUP BY key)
            SELECT *, name_key(title, artist) AS name_key, 'upc:' || trim(upc) AS upc_key FROM (
              SELECT u.key, any_value(u.isrc) AS isrc, any_value(u.upc) AS upc, any_value(u.title) AS title,
                any_value(u.artist) AS artist,
                coalesce(array_to_string(list_sort(list_distinct(list(u.sender))), '; '), '') AS senders,
                coalesce(array_to_string(list_sort(list_distinct(list(u.service))), '; '), '') AS services,
                CAST(sum(u.rows) AS BIGINT) AS rows, CAST(sum(u.quantity) AS DECIMAL(38,0)) AS quantity,
                min(u.f) AS f, max(u.l) AS l
              FROM usage u GROUP BY u.key)
            LEFT JOIN money USING (key)
            """;

    private final Workbench bench;
    private final long count;

    public UnmatchedQueue(Ledger ledger, Lake lake) {
        this.bench = lake.workbench(MEGABYTES);
        try {
            catalog(ledger);
            queue();
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
                  coalesce(array_to_string(q.revenue, ' '), ''), q.f, q.l, coalesce(n.isrc, u.isrc)
                FROM queue q
                LEFT JOIN suggested n ON n.k = q.name_key
                LEFT JOIN suggested u ON u.k = q.upc_key
                ORDER BY q.quantity DESC, q.key LIMIT %d
                """.formatted(most), new RowSink() {
            @Override
            public void columns(List<Column> columns) {
                // they are those of the query above
            }

            @Override
            public void row(List<@Nullable Object> values) {
                taker.accept(UnmatchedUsage.of(values));
            }
        });
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
    private void queue() {
        bench.run("CREATE MACRO folded(t) AS nullif(regexp_replace(lower(t), '[^\\p{L}\\p{N}]', '', 'g'), '')");
        bench.run("CREATE MACRO name_key(title, artist) AS 'name:' || folded(title) || '|' || folded(artist)");
        String sales = bench.relation(TablePart.all(LakeTable.SALES));
        long parts =
                1 + bench.number("SELECT approx_count_distinct(coalesce(isrc, usage_key)) FROM " + sales) / AT_ONCE;
        for (long part = 0; part < parts; part++) {
            gather(sales, "hash(coalesce(s.isrc, s.usage_key)) % " + parts + " = " + part);
            bench.run((part == 0 ? "CREATE TABLE queue AS " : "INSERT INTO queue ") + USAGES);
        }
        bench.run("DROP TABLE usage");
    }

    private void gather(String sales, String which) {
        bench.run("""
                CREATE OR REPLACE TABLE usage AS
                SELECT coalesce(s.isrc, s.usage_key) AS key, s.currency, any_value(s.isrc) AS isrc,
                  any_value(s.upc) AS upc, any_value(s.title) AS title, any_value(s.artist) AS artist, s.sender, s.service,
                  count(*) AS rows, CAST(coalesce(sum(s.quantity), 0) AS DECIMAL(38,0)) AS quantity,
                  CAST(coalesce(sum(s.net_revenue), 0) AS DECIMAL(38,18)) AS revenue,
                  min(s.usage_start) AS f, max(s.usage_end) AS l
                FROM %s s
                WHERE %s AND NOT EXISTS (SELECT 1 FROM %s m WHERE m.usage_key = coalesce(s.isrc, s.usage_key))
                  AND NOT EXISTS (SELECT 1 FROM catalog c WHERE c.isrc = s.isrc)
                GROUP BY ALL
                """.formatted(sales, which, bench.relation(TablePart.all(LakeTable.USAGE_MATCHES))));
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
