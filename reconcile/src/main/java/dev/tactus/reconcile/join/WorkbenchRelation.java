package dev.tactus.reconcile.join;

import dev.tactus.lake.query.Workbench;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table or a view that a reconciliation makes in a workbench.
///
/// It is always the same of the two, so that it can be made again for another period in the same workbench.
///
/// @param columns their names and types, as in SQL; words of a [NameBitmap] stand after them where there are some
public record WorkbenchRelation(String name, Form form, String columns) {
    /// Whether its rows are held or are found anew by everyone who reads them.
    public enum Form {
        TABLE,
        VIEW
    }

    public static WorkbenchRelation table(String name, String columns) {
        return new WorkbenchRelation(name, Form.TABLE, columns);
    }

    public static WorkbenchRelation view(String name, String columns) {
        return new WorkbenchRelation(name, Form.VIEW, columns);
    }

    /// Makes it of what a SELECT gives, in place of an earlier one.
    public void make(Workbench bench, String select) {
        bench.run("CREATE OR REPLACE " + form + " " + name + " AS\n" + select);
    }

    /// Makes it without rows.
    public void makeEmpty(Workbench bench) {
        bench.run("CREATE OR REPLACE TABLE " + name + " (" + columns + ")");
    }

    /// Makes it and puts these rows into it.
    public void make(Workbench bench, Iterable<List<@Nullable Object>> rows) {
        makeEmpty(bench);
        bench.fill(name, rows);
    }

    /// Adds what a SELECT gives, by the names of its columns.
    public void add(Workbench bench, String select) {
        bench.run("INSERT INTO " + name + " BY NAME\n" + select);
    }

    /// Its name, for a FROM clause.
    @Override
    public String toString() {
        return name;
    }
}
