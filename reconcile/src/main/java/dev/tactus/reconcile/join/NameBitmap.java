package dev.tactus.reconcile.join;

import dev.tactus.lake.query.SqlResource;
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
/// A relation that has them has a column for each word of 60 bits, named like the relation of the names.
final class NameBitmap {
    private static final int BITS = 60;

    private final Workbench bench;
    private final WorkbenchRelation names;
    private final WorkbenchRelation lists;
    private final int words;

    private NameBitmap(Workbench bench, WorkbenchRelation names, WorkbenchRelation lists, int words) {
        this.bench = bench;
        this.names = names;
        this.lists = lists;
        this.words = words;
    }

    /// Numbers names, sorted.
    ///
    /// @param names becomes each name with its word and its bit
    /// @param lists becomes each combination with its names, by [#lists]
    static NameBitmap make(Workbench bench, WorkbenchRelation names, WorkbenchRelation lists, List<String> values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<String> sorted = values.stream().sorted().toList();
        for (int i = 0; i < sorted.size(); i++) {
            rows.add(List.of(sorted.get(i), (long) (i / BITS), 1L << (i % BITS)));
        }
        names.make(bench, rows);
        return new NameBitmap(bench, names, lists, Math.max(1, (sorted.size() + BITS - 1) / BITS));
    }

    /// The words of a group, for a SELECT with GROUP BY over rows joined with the names as `alias`.
    String collected(String alias) {
        return each(word -> words == 1
                ? "bit_or(" + alias + ".bit) AS " + column(word)
                : "bit_or(CASE WHEN " + alias + ".word = " + word + " THEN " + alias + ".bit ELSE 0 END) AS "
                        + column(word));
    }

    /// The words of several groups put together, for a SELECT with GROUP BY.
    String merged() {
        return each(word -> "bit_or(" + column(word) + ") AS " + column(word));
    }

    /// The words' columns of a relation.
    String columns(String alias) {
        return each(word -> alias + "." + column(word));
    }

    /// Makes the lists: for each combination that a relation has, the sorted names.
    void lists(WorkbenchRelation relation) {
        lists.make(
                bench,
                SqlResource.of(NameBitmap.class, "name_list")
                        .insert("c_words", columns("c"))
                        .insert("words", each(this::column))
                        .insert("relation", relation.name())
                        .insert("first", column(0))
                        .insert("names", names.name())
                        .insert(
                                "matches",
                                all(
                                        word -> "(m.word = " + word + " AND (c." + column(word) + " & m.bit) <> 0)",
                                        " OR "))
                        .text());
    }

    /// That two relations have the same combination of names.
    String same(String one, String other) {
        return all(word -> one + "." + column(word) + " = " + other + "." + column(word), " AND ");
    }

    private String column(int word) {
        return names.name() + "_" + word;
    }

    private String each(IntFunction<String> part) {
        return all(part, ", ");
    }

    private String all(IntFunction<String> part, String between) {
        return IntStream.range(0, words).mapToObj(part).collect(Collectors.joining(between));
    }
}
