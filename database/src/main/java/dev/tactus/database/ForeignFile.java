package dev.tactus.database;

/// The file that was named is something else. It is as it was. The caller's to solve.
public final class ForeignFile extends DatabaseFailure {
    private static final long serialVersionUID = 1L;

    ForeignFile(DatabaseSchema schema, Object where, String whatItIs) {
        super(where + " is not a Tactus " + schema.name() + ": " + whatItIs + ". Name another file under `"
                + schema.setting() + "`, or move this one away. Nothing was touched.");
    }
}
