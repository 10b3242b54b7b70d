package dev.tactus.ledger;

import dev.tactus.database.DatabaseSchema;

/// The ledger's tables, in the versions that `migration-1.sql` and its followers lead to.
public final class LedgerSchema {
    /// "Tact" in ASCII, as the first migration writes it.
    private static final int APPLICATION_ID = 0x54616374;

    public static final DatabaseSchema LEDGER = DatabaseSchema.of(
            LedgerSchema.class,
            16,
            "ledger",
            "ledger:",
            "then run the same command again: it continues where this one stopped",
            "Make it anew from the lake (tactus ledger rebuild), or bring ledger and lake back from one backup (tactus"
                    + " restore DIR --replace)",
            APPLICATION_ID);

    private LedgerSchema() {}
}
