package dev.tactus.spark;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/// Spark's answers as the plain values that [dev.tactus.lake.query.RowSink] promises.
final class SparkValues {
    private SparkValues() {}

    static List<@Nullable Object> plain(Row row) {
        List<@Nullable Object> values = new ArrayList<>(row.length());
        for (int i = 0; i < row.length(); i++) {
            values.add(plain(row.get(i)));
        }
        return values;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Byte n -> n.longValue();
            case Short n -> n.longValue();
            case Integer n -> n.longValue();
            case Float n -> n.doubleValue();
            // what is a whole number of 128 bits to DuckDB
            case BigDecimal n when n.scale() == 0 -> whole(n.toBigIntegerExact());
            case Row struct -> map(struct);
            case scala.collection.Iterable<?> list -> list(list);
            default -> value;
        };
    }

    private static Object whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValueExact() : number;
    }

    private static List<@Nullable Object> list(scala.collection.Iterable<?> values) {
        List<@Nullable Object> plain = new ArrayList<>();
        for (Object value : CollectionConverters.asJava(values)) {
            plain.add(plain(value));
        }
        return plain;
    }

    private static Map<String, @Nullable Object> map(Row struct) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (int i = 0; i < struct.length(); i++) {
            plain.put(struct.schema().fields()[i].name(), plain(struct.get(i)));
        }
        return plain;
    }
}
