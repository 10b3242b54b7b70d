package dev.tactus.lake.iceberg;

import dev.tactus.lake.duckdb.DuckDb;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.UnicodeUtil;
import org.jspecify.annotations.Nullable;

/// One file as DuckDB's COPY with RETURN_STATS tells it, in Iceberg's terms.
///
/// @param path absolute
/// @param metrics counts, sizes and bounds by field id; texts cut to 16 characters, as Iceberg's own writers do
record ParquetStats(String path, long bytes, Metrics metrics) {
    private static final int TEXT_BOUND = 16;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]X");

    ParquetStats at(String moved) {
        return new ParquetStats(moved, bytes, metrics);
    }

    static ParquetStats read(ResultSet row, Schema schema) throws SQLException {
        long rows = row.getLong("count");
        Map<Integer, Long> sizes = new HashMap<>();
        Map<Integer, Long> values = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, ByteBuffer> lower = new HashMap<>();
        Map<Integer, ByteBuffer> upper = new HashMap<>();
        Map<?, ?> columns = (Map<?, ?>) row.getObject("column_statistics");
        columns.forEach((column, entries) -> {
            NestedField field = schema.findField(column.toString().replace("\"", ""));
            Map<?, ?> stats = (Map<?, ?>) entries;
            int id = field.fieldId();
            sizes.put(id, number(stats, "column_size_bytes"));
            values.put(id, number(stats, "num_values"));
            nulls.put(id, number(stats, "null_count"));
            Object min = stats.get("min");
            Object max = stats.get("max");
            if (min != null && max != null && !isNested(schema, field)) {
                bound(lower, field, lowest(field.type(), min.toString()));
                bound(upper, field, highest(field.type(), max.toString()));
            }
        });
        return new ParquetStats(
                row.getString("filename"),
                row.getLong("file_size_bytes"),
                new Metrics(rows, sizes, values, nulls, Map.of(), lower, upper));
    }

    private static boolean isNested(Schema schema, NestedField field) {
        return schema.asStruct().field(field.fieldId()) == null;
    }

    private static long number(Map<?, ?> stats, String name) {
        Object value = stats.get(name);
        return value == null ? 0 : Long.parseLong(value.toString());
    }

    private static void bound(Map<Integer, ByteBuffer> bounds, NestedField field, @Nullable Object value) {
        if (value != null) {
            bounds.put(field.fieldId(), Conversions.toByteBuffer(field.type(), value));
        }
    }

    private static @Nullable Object lowest(Type type, String value) {
        return type.typeId() == Type.TypeID.STRING ? UnicodeUtil.truncateString(value, TEXT_BOUND) : exact(type, value);
    }

    private static @Nullable Object highest(Type type, String value) {
        // absent where no greater text of that length exists
        return type.typeId() == Type.TypeID.STRING
                ? UnicodeUtil.truncateStringMax(value, TEXT_BOUND)
                : exact(type, value);
    }

    private static @Nullable Object exact(Type type, String value) {
        return switch (type.typeId()) {
            case BOOLEAN -> value.equals("1") || value.equals("true");
            case INTEGER -> Integer.valueOf(value);
            case LONG -> Long.valueOf(value);
            case DATE -> Math.toIntExact(LocalDate.parse(value).toEpochDay());
            case TIMESTAMP -> DuckDb.micros(OffsetDateTime.parse(value, TIME).toInstant());
            case DECIMAL -> new java.math.BigDecimal(value).setScale(((Types.DecimalType) type).scale());
            default -> null;
        };
    }
}
