package dev.tactus.database;

/// The database was written by a newer version of this program. The file is as it was. The caller's to solve.
public final class DatabaseTooNew extends DatabaseFailure {
    private static final long serialVersionUID = 1L;

    DatabaseTooNew(DatabaseSchema schema, Object where, long found) {
        super(schema.name() + " " + where + " has version " + found + ", this program knows versions up to "
                + schema.version() + ": use the newer Tactus that wrote it, or name another file under `"
                + schema.setting()
                + "`. Nothing was touched.");
    }
}
