package dev.tactus.database;

import java.nio.file.Path;

/// The file that was named is something else. It is as it was. The caller's to solve.
public final class ForeignFile extends DatabaseFailure {
    private static final long serialVersionUID = 1L;

    ForeignFile(DatabaseSchema schema, Path file, String whatItIs) {
        super(file + " is not a Tactus " + schema.name() + ": " + whatItIs + ". Name another file under `"
                + schema.setting() + "`, or move this one away. Nothing was touched.");
    }
}
