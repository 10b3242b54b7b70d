package dev.tactus.lake.duckdb;

import dev.tactus.lake.table.LakeTable;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/// DuckDB's SQL for the lake's tables: types, field ids, readers of files.
public final class DuckDbSql {
    private DuckDbSql() {}

    public static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    static String name(String value) {
        return "\"" + value.replace("\"", "\"\"") + "\"";
    }

    public static String names(Collection<String> columns) {
        return columns.stream().map(DuckDbSql::name).collect(Collectors.joining(", "));
    }

    static String paths(Collection<String> files) {
        return files.stream().map(DuckDbSql::text).collect(Collectors.joining(", ", "[", "]"));
    }

    static String type(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "INTEGER";
            case LONG -> "BIGINT";
            case STRING -> "VARCHAR";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
            case BINARY -> "BLOB";
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
            }
            case LIST -> type(type.asListType().elementType()) + "[]";
            case STRUCT ->
                type.asStructType().fields().stream()
                        .map(f -> name(f.name()) + " " + type(f.type()))
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
            default -> throw new IllegalArgumentException("no column of the lake is a " + type);
        };
    }

    /// The columns as a table definition or a typed, empty SELECT needs them.
    public static String definition(LakeTable table) {
        return table.fields().stream()
                .map(f -> name(f.name()) + " " + type(f.type()))
                .collect(Collectors.joining(", "));
    }

    /// Each column cast to its type: an aggregate or an expression of another type never reaches a file.
    public static String typed(LakeTable table) {
        return table.fields().stream()
                .map(f -> "CAST(" + name(f.name()) + " AS " + type(f.type()) + ") AS " + name(f.name()))
                .collect(Collectors.joining(", "));
    }

    public static String fieldIds(LakeTable table) {
        return fieldIds(table.fields());
    }

    private static String fieldIds(List<NestedField> fields) {
        return fields.stream().map(f -> name(f.name()) + ": " + fieldId(f)).collect(Collectors.joining(", ", "{", "}"));
    }

    private static String fieldId(NestedField field) {
        if (field.type().isPrimitiveType()) {
            return Integer.toString(field.fieldId());
        }
        String inner = switch (field.type().typeId()) {
            case LIST ->
                "element: " + fieldId(field.type().asListType().fields().getFirst());
            case STRUCT -> {
                String members = fieldIds(field.type().asStructType().fields());
                yield members.substring(1, members.length() - 1);
            }
            default -> throw new IllegalArgumentException("no column of the lake is a " + field.type());
        };
        return "{__duckdb_field_id: " + field.fieldId() + ", " + inner + "}";
    }

    /// No rows, with the table's columns and types.
    public static String nothing(LakeTable table) {
        String nulls = table.fields().stream()
                .map(f -> "CAST(NULL AS " + type(f.type()) + ") AS " + name(f.name()))
                .collect(Collectors.joining(", "));
        return "(SELECT " + nulls + " WHERE false)";
    }

    /// Reads data files that all have the table's columns of today.
    public static String readAlike(LakeTable table, Collection<String> files) {
        return files.isEmpty()
                ? nothing(table)
                : "(SELECT " + names(table.columns()) + " FROM read_parquet(" + paths(files) + "))";
    }

    /// Reads data files by field id, so that files from before a column was added or renamed still fit.
    ///
    /// Not for joins where it can be helped: they take four times the time and twice the memory of [#readAlike].
    public static String read(LakeTable table, Collection<String> files) {
        if (files.isEmpty()) {
            return nothing(table);
        }
        String schema = table.fields().stream()
                .map(f -> f.fieldId() + ": {name: " + text(f.name()) + ", type: " + text(type(f.type()))
                        + ", default_value: NULL}")
                .collect(Collectors.joining(", ", "MAP {", "}"));
        return "read_parquet(" + paths(files) + ", schema = " + schema + ")";
    }
}
