package dev.tactus.lake.iceberg;

import dev.tactus.lake.table.LakeTable;
import java.util.EnumMap;
import java.util.Map;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;

/// The tables of a catalog that this process has open; each holds the state that was last read of it.
///
/// Not thread-safe.
final class OpenTables {
    private final Map<LakeTable, Table> tables = new EnumMap<>(LakeTable.class);

    void put(LakeTable declared, Table table) {
        tables.put(declared, table);
    }

    /// All of them as one commit left them: none is newer than another.
    ///
    /// They are looked at one by one, until nothing has changed in between; commits are rare beside that.
    Map<LakeTable, Table> together() {
        Map<LakeTable, Table> now = new EnumMap<>(LakeTable.class);
        Map<LakeTable, String> seen = Map.of();
        for (Map<LakeTable, String> again = pointers(now); !again.equals(seen); again = pointers(now)) {
            seen = again;
        }
        return now;
    }

    private Map<LakeTable, String> pointers(Map<LakeTable, Table> refreshed) {
        Map<LakeTable, String> pointers = new EnumMap<>(LakeTable.class);
        for (LakeTable table : LakeTable.values()) {
            refreshed.put(table, fresh(table));
            pointers.put(table, metadata(table));
        }
        return pointers;
    }

    /// One, as fresh as the catalog knows it.
    Table fresh(LakeTable declared) {
        Table table = get(declared);
        table.refresh();
        return table;
    }

    /// The metadata file that was last read of one.
    String metadata(LakeTable declared) {
        return ((HasTableOperations) get(declared)).operations().current().metadataFileLocation();
    }

    private Table get(LakeTable declared) {
        Table table = tables.get(declared);
        if (table == null) {
            throw new IllegalStateException(declared.label() + " was never opened");
        }
        return table;
    }
}
