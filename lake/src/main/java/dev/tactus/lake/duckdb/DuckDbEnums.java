package dev.tactus.lake.duckdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Texts of small tables as DuckDB's enums: a Parquet column takes its dictionary from the list as it is, where it
/// would otherwise look up the text of each row (docs/benchmarks.md). In the file they are texts like others.
///
/// One thread at a time.
public final class DuckDbEnums {
    private final DuckDb duck;
    /// By table, its columns that have a list.
    private final Map<String, List<String>> listed = new HashMap<>();

    public DuckDbEnums(DuckDb duck) {
        this.duck = duck;
    }

    /// Makes a list of what stands in each of these columns; a column of nulls alone stays as it is.
    public void make(String table, List<String> columns) {
        List<String> lists = new ArrayList<>();
        for (String column : columns) {
            String values = " FROM " + table + " WHERE " + column + " IS NOT NULL";
            if (duck.number("SELECT count(*)" + values) > 0) {
                duck.run("CREATE TYPE " + type(table, column) + " AS ENUM (SELECT DISTINCT " + column + values + ")");
                lists.add(column);
            }
        }
        listed.put(table, lists);
    }

    /// The table for a FROM clause, with its lists.
    public String relation(String table) {
        List<String> columns = listed.getOrDefault(table, List.of());
        if (columns.isEmpty()) {
            return table;
        }
        String replaced = columns.stream()
                .map(column -> "CAST(" + column + " AS " + type(table, column) + ") AS " + column)
                .collect(Collectors.joining(", "));
        return "(SELECT * REPLACE (" + replaced + ") FROM " + table + ")";
    }

    /// The same text in all rows.
    public static String constant(String text) {
        return "CAST(" + DuckDbSql.text(text) + " AS ENUM (" + DuckDbSql.text(text) + "))";
    }

    /// Once nothing reads them.
    public void drop(DuckDb dropping) {
        listed.forEach((table, columns) -> columns.forEach(column -> dropping.run("DROP TYPE " + type(table, column))));
        listed.clear();
    }

    private static String type(String table, String column) {
        return table + "_" + column;
    }
}
