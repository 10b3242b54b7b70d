package dev.tactus.sqlite;

import java.nio.file.Path;

/// The file named as the ledger, or as another kind of file, is something else. It is as it was. The caller's to solve.
public final class ForeignFile extends DatabaseFailure {
    private static final long serialVersionUID = 1L;

    ForeignFile(DatabaseSchema kind, Path file, String whatItIs) {
        super(file + " is not a Tactus " + kind.name() + ": " + whatItIs + ". Name another file under `"
                + kind.setting() + "`, or move this one away. Nothing was touched.");
    }
}
