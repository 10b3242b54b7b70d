package dev.tactus.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The current row of a query, as the types of this room: instants are kept as microseconds since the epoch, days as
/// ISO text.
final class Row {
    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    String text(String column) {
        return required(column, textOrNull(column));
    }

    @Nullable
    String textOrNull(String column) {
        return read(column, () -> results.getString(column));
    }

    long number(String column) {
        return required(column, numberOrNull(column));
    }

    int integer(String column) {
        return Math.toIntExact(number(column));
    }

    @Nullable
    Long numberOrNull(String column) {
        return read(column, () -> {
            long value = results.getLong(column);
            return results.wasNull() ? null : value;
        });
    }

    @Nullable
    Boolean flagOrNull(String column) {
        Long flag = numberOrNull(column);
        return flag == null ? null : flag != 0;
    }

    Instant instant(String column) {
        return Micros.toInstant(number(column));
    }

    @Nullable
    Instant instantOrNull(String column) {
        Long micros = numberOrNull(column);
        return micros == null ? null : Micros.toInstant(micros);
    }

    LocalDate day(String column) {
        return LocalDate.parse(text(column));
    }

    byte[] bytes(String column) {
        return required(column, read(column, () -> results.getBytes(column)));
    }

    private static <T> T required(String column, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the ledger holds no value in column " + column);
        }
        return value;
    }

    private static <T> @Nullable T read(String column, Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException e) {
            throw new IllegalStateException("can't read column " + column, e);
        }
    }

    private interface Reading<T> {
        @Nullable
        T read() throws SQLException;
    }
}
