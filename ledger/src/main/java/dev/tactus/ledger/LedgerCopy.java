package dev.tactus.ledger;

import dev.tactus.database.Database;
import dev.tactus.database.SqlSession;
import dev.tactus.database.TableColumn;
import dev.tactus.digest.Sha256;
import dev.tactus.digest.Sha256Stream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// All rows of one ledger on their way into another, which may be on another database. Before anything is kept, every
/// row of both is read again and compared by its digest.
final class LedgerCopy {
    private static final int BATCH = 100;

    /// Has one row from the beginning, which gives a ledger its name.
    private static final String BOND = "bond";

    private final Database from;
    private final Database to;

    private LedgerCopy(Database from, Database to) {
        this.from = from;
        this.to = to;
    }

    static LedgerCopy between(Database from, Database to) {
        return new LedgerCopy(from, to);
    }

    static boolean isEmpty(Database database) {
        return database.read(session -> filled(session).isEmpty());
    }

    private static Optional<String> filled(SqlSession session) {
        return session.tables().stream()
                .filter(table -> !table.equals(BOND))
                .filter(table -> session.first("SELECT 1 FROM " + table + " LIMIT 1", row -> true)
                        .isPresent())
                .findFirst();
    }

    /// Copies and compares, all or nothing.
    ///
    /// @return how many rows each table has
    Map<String, Long> copy() {
        return from.read(source -> to.write(target -> copy(source, target)));
    }

    private Map<String, Long> copy(SqlSession source, SqlSession target) {
        filled(target).ifPresent(table -> {
            throw new IllegalStateException("the ledger " + to.address() + " is not empty: its table " + table
                    + " has rows; nothing was touched");
        });
        target.deferReferences();
        target.update("DELETE FROM " + BOND);
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String table : source.tables()) {
            List<TableColumn> columns = source.columns(table);
            if (!columns.equals(target.columns(table))) {
                throw new IllegalStateException("the table " + table + " of " + from.address() + " is not that of "
                        + to.address() + "; bring both to one version first");
            }
            insert(table, columns, source, target);
            RowSum there = sum(table, columns, source);
            RowSum here = sum(table, columns, target);
            if (!there.equals(here)) {
                throw new IllegalStateException("the copy of " + from.address() + " in " + to.address()
                        + " differs: table " + table + " has " + there.rows() + " rows there and " + here.rows()
                        + " here, or other values in them; nothing was kept");
            }
            target.numberOn(table);
            counts.put(table, here.rows());
        }
        return counts;
    }

    /// In the order in which they came, where that means something.
    private static String select(String table, List<TableColumn> columns) {
        return "SELECT " + names(columns) + " FROM " + table + (table.equals("run") ? " ORDER BY rowid" : "");
    }

    private static String names(List<TableColumn> columns) {
        return columns.stream().map(TableColumn::name).collect(Collectors.joining(", "));
    }

    private static void insert(String table, List<TableColumn> columns, SqlSession source, SqlSession target) {
        List<@Nullable Object> waiting = new ArrayList<>();
        source.each(select(table, columns), row -> {
            for (TableColumn column : columns) {
                waiting.add(row.value(column));
            }
            if (waiting.size() == BATCH * columns.size()) {
                write(table, columns, waiting, target);
            }
        });
        if (!waiting.isEmpty()) {
            write(table, columns, waiting, target);
        }
    }

    private static void write(
            String table, List<TableColumn> columns, List<@Nullable Object> values, SqlSession target) {
        String row = columns.stream().map(_ -> "?").collect(Collectors.joining(", ", "(", ")"));
        target.update(
                "INSERT INTO " + table + " (" + names(columns) + ") VALUES "
                        + IntStream.range(0, values.size() / columns.size())
                                .mapToObj(_ -> row)
                                .collect(Collectors.joining(", ")),
                values.toArray());
        values.clear();
    }

    /// How many rows there are, and the sum of their digests: the same for the same rows in any order.
    private record RowSum(long rows, long first, long second) {}

    private static RowSum sum(String table, List<TableColumn> columns, SqlSession session) {
        long[] sums = new long[3];
        session.each(select(table, columns), row -> {
            Sha256Stream digest = new Sha256Stream();
            for (TableColumn column : columns) {
                digest.update(bytes(row.value(column)));
            }
            Sha256 one = digest.digest();
            sums[0]++;
            sums[1] += one.first();
            sums[2] += one.second();
        });
        return new RowSum(sums[0], sums[1], sums[2]);
    }

    /// A value behind its kind and length, so that none can be taken for another's end.
    private static byte[] bytes(@Nullable Object value) {
        byte[] content = switch (value) {
            case null -> new byte[0];
            case byte[] bytes -> bytes;
            case Object other -> other.toString().getBytes(StandardCharsets.UTF_8);
        };
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) (value == null ? 'n' : value instanceof byte[] ? 'b' : value instanceof Long ? 'w' : 't'))
                .putInt(content.length)
                .put(content)
                .array();
    }
}
