package dev.tactus.database;

/// A column of a table.
public record TableColumn(String name, Kind kind) {
    /// What a column holds.
    public enum Kind {
        WHOLE,
        TEXT,
        BYTES
    }
}
