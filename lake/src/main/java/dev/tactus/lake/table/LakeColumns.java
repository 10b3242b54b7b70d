package dev.tactus.lake.table;

import static org.apache.iceberg.types.Types.NestedField.optional;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/// The kinds of columns that the lake's tables are made of. Times are `timestamptz` in microseconds, counts are `long`.
final class LakeColumns {
    private static final Type TEXT = Types.StringType.get();
    private static final Type AMOUNT = Types.DecimalType.of(38, 18);

    private LakeColumns() {}

    static NestedField text(int id, String name) {
        return optional(id, name, TEXT);
    }

    static NestedField count(int id, String name) {
        return optional(id, name, Types.LongType.get());
    }

    static NestedField small(int id, String name) {
        return optional(id, name, Types.IntegerType.get());
    }

    static NestedField amount(int id, String name) {
        return optional(id, name, AMOUNT);
    }

    static NestedField flag(int id, String name) {
        return optional(id, name, Types.BooleanType.get());
    }

    static NestedField bytes(int id, String name) {
        return optional(id, name, Types.BinaryType.get());
    }

    static NestedField day(int id, String name) {
        return optional(id, name, Types.DateType.get());
    }

    static NestedField moment(int id, String name) {
        return optional(id, name, Types.TimestampType.withZone());
    }

    /// @param element the id of the list's elements
    static NestedField texts(int id, String name, int element) {
        return optional(id, name, Types.ListType.ofOptional(element, TEXT));
    }

    /// A credit's artists, in order.
    ///
    /// @param element the id of the list's elements; theirs follow it
    static NestedField artists(int id, String name, int element) {
        return list(id, name, element, text(element + 1, "id"), text(element + 2, "name"));
    }

    /// Amounts by currency.
    ///
    /// @param element the id of the list's elements; theirs follow it
    static NestedField revenues(int id, String name, int element) {
        return list(id, name, element, text(element + 1, "currency"), amount(element + 2, "amount"));
    }

    private static NestedField list(int id, String name, int element, NestedField... fields) {
        return optional(id, name, Types.ListType.ofOptional(element, Types.StructType.of(fields)));
    }
}
