package dev.tactus.ledger;

import java.util.List;

/// The versions of the ledger's tables, and the way from each to the next.
final class Schema {
    /// Step n leads from version n to version n + 1. A step that has been released never changes.
    private static final List<String> STEPS = List.of(FirstVersion.SQL, SecondVersion.SQL, ThirdVersion.SQL);

    static final int VERSION = STEPS.size();

    static final FileKind LEDGER = new FileKind(
            "ledger",
            "ledger:",
            "then run the same command again: it continues where this one stopped",
            LedgerFile.APPLICATION_ID,
            STEPS);

    private Schema() {}
}
