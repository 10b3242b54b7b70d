package dev.tactus.sqlite;

import java.util.List;

/// A kind of SQLite file that Tactus keeps: what it is called, how it is told from other files, and its versions.
///
/// @param name what messages call it, such as `ledger`
/// @param setting where its path is configured, such as `ledger:`
/// @param again what to do once a trouble of the machine's is over, as the end of a sentence
/// @param applicationId marks a SQLite file as one of this kind (offset 68 of the file); the first step sets it
/// @param steps the SQL that leads from version n to version n + 1; one that has been released never changes
public record DatabaseSchema(String name, String setting, String again, int applicationId, List<String> steps) {
    public DatabaseSchema {
        steps = List.copyOf(steps);
    }

    /// The version that this program reads and writes.
    public int version() {
        return steps.size();
    }
}
