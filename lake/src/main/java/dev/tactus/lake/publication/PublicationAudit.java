package dev.tactus.lake.publication;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.music.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Compares the staged rows with the account of them, item by item, and looks for keys that stand twice.
///
/// It reads the table `items` and the views `staged_…` that a publication's DuckDB holds.
final class PublicationAudit {
    /// A person reads a few; the first tell what is wrong.
    private static final int LISTED = 100;

    private final DuckDb duck;
    private final Publication publication;

    PublicationAudit(DuckDb duck, Publication publication) {
        this.duck = duck;
        this.publication = publication;
    }

    List<Mismatch> mismatches(Map<LakeTable, List<StagedFile>> staged) {
        List<Mismatch> all = new ArrayList<>();
        for (Dataset dataset : Dataset.values()) {
            all.addAll(itemsTwice(dataset));
            all.addAll(itemRows(
                    dataset,
                    LakeTable.of(dataset).stream().filter(staged::containsKey).toList()));
        }
        staged.forEach((table, files) -> {
            all.addAll(tableRows(table, files));
            if (table.dataset().isPresent()) {
                all.addAll(keysTwice(table));
            }
        });
        return all.stream().limit(LISTED).toList();
    }

    private List<Mismatch> itemsTwice(Dataset dataset) {
        return duck.list(
                "SELECT isrc, day, count(*) FROM items WHERE dataset = " + DuckDbSql.text(dataset.label())
                        + " GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT " + LISTED,
                row -> new Mismatch.ItemTwice(
                        dataset, row.getString(1), row.getDate(2).toLocalDate(), row.getLong(3)));
    }

    private List<Mismatch> itemRows(Dataset dataset, List<LakeTable> tables) {
        String rows = tables.isEmpty()
                ? "SELECT NULL::VARCHAR AS isrc, NULL::DATE AS day WHERE false"
                : tables.stream()
                        .map(t -> "SELECT isrc, day FROM staged_" + t.label())
                        .collect(Collectors.joining(" UNION ALL "));
        String sql = """
                WITH found AS (SELECT isrc, day, count(*) AS n FROM (%s) GROUP BY ALL),
                     noted AS (SELECT isrc, day, sum(n)::BIGINT AS n FROM items WHERE dataset = %s GROUP BY ALL)
                SELECT isrc, day, coalesce(noted.n, 0), coalesce(found.n, 0)
                FROM noted FULL JOIN found USING (isrc, day)
                WHERE coalesce(noted.n, 0) <> coalesce(found.n, 0)
                ORDER BY ALL LIMIT %d""".formatted(rows, DuckDbSql.text(dataset.label()), LISTED);
        return duck.list(
                sql,
                row -> new Mismatch.ItemRows(
                        dataset, row.getString(1), row.getDate(2).toLocalDate(), row.getLong(3), row.getLong(4)));
    }

    private List<Mismatch> tableRows(LakeTable table, List<StagedFile> files) {
        List<Mismatch> all = new ArrayList<>();
        long noted = files.stream().mapToLong(StagedFile::rows).sum();
        long found = duck.number("SELECT count(*) FROM staged_" + table.label());
        if (found != noted) {
            all.add(new Mismatch.TableRows(table, "all staged files", noted, found));
        }
        long ofSource = duck.number("SELECT count(*) FROM staged_" + table.label() + " WHERE source = "
                + DuckDbSql.text(publication.source()));
        if (ofSource != found) {
            all.add(new Mismatch.TableRows(table, "rows of the source " + publication.source(), found, ofSource));
        }
        return all;
    }

    /// Counts distinct hashes first, which is small, and names the keys only where they show a difference.
    private List<Mismatch> keysTwice(LakeTable table) {
        String key = DuckDbSql.names(table.key());
        String staged = "staged_" + table.label();
        long surplus = duck.number("SELECT count(*) - count(DISTINCT hash(" + key + ")) FROM " + staged);
        if (surplus == 0) {
            return List.of();
        }
        return duck.list(
                "SELECT concat_ws(', ', " + key + "), count(*) FROM " + staged + " GROUP BY " + key
                        + " HAVING count(*) > 1 ORDER BY ALL LIMIT " + LISTED,
                row -> new Mismatch.KeyTwice(table, row.getString(1), row.getLong(2)));
    }
}
