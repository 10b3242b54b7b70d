package dev.tactus.lake.publication;

import dev.tactus.lake.table.LakeTable;
import dev.tactus.music.Dataset;
import java.time.LocalDate;

/// A place where the staged rows and the account of them differ. One is enough to publish nothing.
public sealed interface Mismatch {
    /// One line for a person.
    String describe();

    /// An item with another number of rows than was noted; `expected` 0 also stands for rows that no item explains.
    record ItemRows(Dataset dataset, String isrc, LocalDate day, long expected, long found) implements Mismatch {
        @Override
        public String describe() {
            return "%s of %s on %s: %d rows noted, %d staged".formatted(dataset.label(), isrc, day, expected, found);
        }
    }

    /// An item that the account holds more than once.
    record ItemTwice(Dataset dataset, String isrc, LocalDate day, long times) implements Mismatch {
        @Override
        public String describe() {
            return "%s of %s on %s stands %d times in the account".formatted(dataset.label(), isrc, day, times);
        }
    }

    /// A table whose rows do not add up.
    record TableRows(LakeTable table, String what, long expected, long found) implements Mismatch {
        @Override
        public String describe() {
            return "%s, %s: expected %d rows, found %d".formatted(table.label(), what, expected, found);
        }
    }

    /// A key that stands more than once among the staged rows.
    record KeyTwice(LakeTable table, String key, long times) implements Mismatch {
        @Override
        public String describe() {
            return "%s: the key %s stands %d times".formatted(table.label(), key, times);
        }
    }
}
