package dev.tactus.lake.duckdb;

import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/// DuckDB's answers as the plain values that [RowSink] promises.
public final class DuckDbValues {
    private DuckDbValues() {}

    public static @Nullable Object plain(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Byte n -> n.longValue();
            case Short n -> n.longValue();
            case Integer n -> n.longValue();
            case Float n -> n.doubleValue();
            case BigInteger n when n.bitLength() < Long.SIZE -> n.longValueExact();
            case java.sql.Date date -> date.toLocalDate();
            case OffsetDateTime time -> time.toInstant();
            case Timestamp time -> time.toLocalDateTime().toString();
            case LocalDateTime time -> time.toString();
            case LocalDate date -> date;
            case Blob blob -> blob.getBytes(1, Math.toIntExact(blob.length()));
            case Array array -> list((Object[]) array.getArray());
            case DuckDBStruct struct -> map(struct.getMap());
            case Struct struct -> list(struct.getAttributes());
            case Map<?, ?> map -> map(map);
            case Long n -> n;
            case Boolean b -> b;
            case BigInteger n -> n;
            case java.math.BigDecimal n -> n;
            case Double n -> n;
            default -> value.toString();
        };
    }

    private static List<@Nullable Object> list(@Nullable Object[] values) throws SQLException {
        List<@Nullable Object> plain = new ArrayList<>(values.length);
        for (@Nullable Object value : values) {
            plain.add(plain(value));
        }
        return plain;
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> values) throws SQLException {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            plain.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
        }
        return plain;
    }
}
