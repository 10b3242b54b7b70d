package dev.tactus.ledger;

import dev.tactus.sqlite.DatabaseHeader;
import dev.tactus.sqlite.DatabaseSchema;
import java.util.List;

/// The versions of the ledger's tables, and the way from each to the next.
public final class LedgerSchema {
    /// Step n leads from version n to version n + 1. A step that has been released never changes.
    private static final List<String> STEPS = List.of(LedgerMigration1.SQL, LedgerMigration2.SQL, LedgerMigration3.SQL);

    static final int VERSION = STEPS.size();

    public static final DatabaseSchema LEDGER = new DatabaseSchema(
            "ledger",
            "ledger:",
            "then run the same command again: it continues where this one stopped",
            DatabaseHeader.APPLICATION_ID,
            STEPS);

    private LedgerSchema() {}
}
