package dev.tactus.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The current row of a query, as the types of this room: instants are kept as microseconds since the epoch, days as
/// ISO text.
public final class Row {
    private final ResultSet results;
    private final Map<String, Integer> columns;
    private final SqlDialect dialect;

    /// @param columns where each column stands, filled here; kept with the statement, as the driver forgets it with
    ///     each result and finding it again costs more than the query
    Row(ResultSet results, Map<String, Integer> columns, SqlDialect dialect) {
        this.results = results;
        this.columns = columns;
        this.dialect = dialect;
    }

    public String text(String column) {
        return required(column, textOrNull(column));
    }

    public @Nullable String textOrNull(String column) {
        String kept = read(column, results::getString);
        return kept == null ? null : dialect.original(kept);
    }

    public long number(String column) {
        return required(column, numberOrNull(column));
    }

    public int integer(String column) {
        return Math.toIntExact(number(column));
    }

    public @Nullable Long numberOrNull(String column) {
        return read(column, position -> {
            long value = results.getLong(position);
            return results.wasNull() ? null : value;
        });
    }

    public @Nullable Boolean flagOrNull(String column) {
        Long flag = numberOrNull(column);
        return flag == null ? null : flag != 0;
    }

    public Instant instant(String column) {
        return toInstant(number(column));
    }

    public @Nullable Instant instantOrNull(String column) {
        Long micros = numberOrNull(column);
        return micros == null ? null : toInstant(micros);
    }

    public Optional<String> optionalText(String column) {
        return Optional.ofNullable(textOrNull(column));
    }

    public Optional<Long> optionalNumber(String column) {
        return Optional.ofNullable(numberOrNull(column));
    }

    public Optional<Instant> optionalInstant(String column) {
        return optionalNumber(column).map(Row::toInstant);
    }

    public Optional<LocalDate> optionalDay(String column) {
        return optionalText(column).map(LocalDate::parse);
    }

    public LocalDate day(String column) {
        return LocalDate.parse(text(column));
    }

    public byte[] bytes(String column) {
        return required(column, read(column, results::getBytes));
    }

    /// What a column holds, whatever that is; absent where it is nothing.
    public @Nullable Object value(TableColumn column) {
        return switch (column.kind()) {
            case WHOLE -> numberOrNull(column.name());
            case TEXT -> textOrNull(column.name());
            case BYTES -> read(column.name(), results::getBytes);
        };
    }

    /// An instant as columns keep it: whole microseconds since the epoch.
    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static <T> T required(String column, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("there is no value in column " + column);
        }
        return value;
    }

    private <T> @Nullable T read(String column, ColumnReader<T> reading) {
        try {
            return reading.read(position(column));
        } catch (SQLException e) {
            throw new IllegalStateException("can't read column " + column, e);
        }
    }

    private int position(String column) throws SQLException {
        Integer position = columns.get(column);
        if (position == null) {
            position = results.findColumn(column);
            columns.put(column, position);
        }
        return position;
    }

    private interface ColumnReader<T> {
        @Nullable
        T read(int position) throws SQLException;
    }
}
