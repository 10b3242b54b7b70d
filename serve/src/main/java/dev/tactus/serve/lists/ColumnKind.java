package dev.tactus.serve.lists;

/// What stands in a column: how it is compared, shown and described.
public enum ColumnKind {
    TEXT("string"),
    /// An id, a digest or a path: shown in a fixed width, and never broken into words.
    CODE("string"),
    NUMBER("number"),
    FLAG("boolean"),
    DAY("string"),
    TIME("string"),
    /// Amounts by currency.
    MONEY("object"),
    /// Several texts.
    NAMES("array"),
    /// What has parts of its own.
    PARTS("");

    private final String schema;

    ColumnKind(String schema) {
        this.schema = schema;
    }

    /// The JSON type of it; empty where it may be several.
    public String schema() {
        return schema;
    }
}
