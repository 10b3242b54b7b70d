package dev.tactus.reconcile.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.query.Workbench;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Objects;

/// Compares the constants of a class with what stands in a workbench.
public final class RelationColumns {
    private RelationColumns() {}

    /// Looks at every relation that a class has a constant for, but for these.
    public static void assertAsSaid(Class<?> constants, Workbench bench, String... others)
            throws IllegalAccessException {
        int looked = 0;
        for (Field field : constants.getDeclaredFields()) {
            field.setAccessible(true);
            if (field.getType() == WorkbenchRelation.class
                    && !Arrays.asList(others).contains(field.getName())) {
                WorkbenchRelation relation = (WorkbenchRelation) Objects.requireNonNull(field.get(null));
                assertThat(described(bench, relation)).as(relation.name()).isEqualTo(relation.columns());
                looked++;
            }
        }
        assertThat(looked).isGreaterThan(10);
    }

    /// Names and types, or names alone where the constant has no types; words of bitmaps left out.
    private static String described(Workbench bench, WorkbenchRelation relation) {
        boolean typed = Arrays.stream(relation.columns().split(", ", -1)).allMatch(column -> column.contains(" "));
        return String.join(
                ", ",
                QueryRows.list(
                        bench,
                        "SELECT column_name, column_type FROM (DESCRIBE " + relation + ")"
                                + " WHERE NOT regexp_matches(column_name, '^(run|report)_name_\\d+$')",
                        row -> typed ? row.get(0) + " " + row.get(1) : String.valueOf(row.get(0))));
    }
}
