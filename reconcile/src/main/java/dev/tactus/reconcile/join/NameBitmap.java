package dev.tactus.reconcile.join;

import dev.tactus.lake.query.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which of a few names a group of rows has: one bit a name, so that ten million groups cost some bytes each and not a
/// list each.
///
/// @param table of this name: every name with its word and its bit
/// @param words how many words of 60 bits there are, at least one
record NameBitmap(String table, int words) {
    private static final int BITS = 60;

    /// Numbers names, sorted.
    static NameBitmap make(Workbench bench, String table, List<String> names) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<String> sorted = names.stream().sorted().toList();
        for (int i = 0; i < sorted.size(); i++) {
            rows.add(List.of(sorted.get(i), (long) (i / BITS), 1L << (i % BITS)));
        }
        bench.run("CREATE OR REPLACE TABLE " + table + " (name VARCHAR, word BIGINT, bit BIGINT)");
        bench.fill(table, rows);
        return new NameBitmap(table, Math.max(1, (sorted.size() + BITS - 1) / BITS));
    }

    /// The words of a group, as columns of a GROUP BY's SELECT over rows joined with the table as `alias`.
    String collected(String alias) {
        return each(word -> words == 1
                ? "bit_or(" + alias + ".bit) AS " + column(word)
                : "bit_or(CASE WHEN " + alias + ".word = " + word + " THEN " + alias + ".bit ELSE 0 END) AS "
                        + column(word));
    }

    /// The words' columns of a relation.
    String columns(String alias) {
        return each(word -> alias + "." + column(word));
    }

    /// Makes the table `<table>_list`: for each combination that a relation has, the sorted names.
    void lists(Workbench bench, String relation) {
        String combined = each(word -> "c." + column(word));
        bench.run("""
                CREATE OR REPLACE TABLE %1$s_list AS
                SELECT %2$s, list(m.name ORDER BY m.name) AS names
                FROM (SELECT DISTINCT %3$s FROM %4$s WHERE %5$s IS NOT NULL) c
                JOIN %1$s m ON %6$s
                GROUP BY %2$s
                """.formatted(
                        table,
                        combined,
                        each(this::column),
                        relation,
                        column(0),
                        IntStream.range(0, words)
                                .mapToObj(w -> "(m.word = " + w + " AND (c." + column(w) + " & m.bit) <> 0)")
                                .collect(Collectors.joining(" OR ", "(", ")"))));
    }

    /// Joins the lists to a relation that has the words.
    String join(String alias, String relation) {
        return "LEFT JOIN " + table + "_list " + alias + " ON "
                + IntStream.range(0, words)
                        .mapToObj(w -> alias + "." + column(w) + " = " + relation + "." + column(w))
                        .collect(Collectors.joining(" AND "));
    }

    private String column(int word) {
        return table + "_" + word;
    }

    private String each(IntFunction<String> part) {
        return IntStream.range(0, words).mapToObj(part).collect(Collectors.joining(", "));
    }
}
