package dev.tactus.lake.place;

/// The tables of Tactus' own that stand beside a catalog's pointers, or in its book where a server keeps those.
public enum RegisterTable {
    /// digests of files whose names carry none
    DIGEST("tactus_digest", "path VARCHAR(1000) NOT NULL PRIMARY KEY, sha256 VARCHAR(64) NOT NULL, found_at BIGINT"),
    /// data files whose bytes were let go, and what took their places
    RELEASED(
            "tactus_released",
            "path VARCHAR(1000) NOT NULL PRIMARY KEY, replacement VARCHAR(1000) NOT NULL,"
                    + " retention VARCHAR(200) NOT NULL"),
    /// what each table was when Tactus changed it last, where a server writes its metadata
    STATE(
            "tactus_state",
            "name VARCHAR(200) NOT NULL PRIMARY KEY, changes BIGINT NOT NULL, head VARCHAR(64) NOT NULL,"
                    + " whole VARCHAR(64) NOT NULL");

    private final String label;
    private final String columns;

    RegisterTable(String label, String columns) {
        this.label = label;
        this.columns = columns;
    }

    /// Its name in the database.
    public String label() {
        return label;
    }

    /// The statement that makes it.
    public String make() {
        return "CREATE TABLE " + label + " (" + columns + ")";
    }
}
