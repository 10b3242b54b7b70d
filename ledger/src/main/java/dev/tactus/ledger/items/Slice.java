package dev.tactus.ledger.items;

import dev.tactus.database.Row;
import dev.tactus.music.Dataset;
import java.time.LocalDate;

/// One dataset on one day of a run; its number is the first part of its items' keys.
record Slice(long number, Dataset dataset, LocalDate day) {
    static Slice of(Row row) {
        return new Slice(row.number("number"), Dataset.parse(row.text("dataset")), row.day("day"));
    }
}
