package dev.tactus.ledger;

import java.nio.file.Path;

/// The file named as the ledger is something else. It is as it was. The caller's to solve.
public final class NotALedger extends LedgerFailure {
    private static final long serialVersionUID = 1L;

    NotALedger(Path file, String whatItIs) {
        super(file + " is not a Tactus ledger: " + whatItIs
                + ". Name another file under `ledger:`, or move this one away. Nothing was touched.");
    }
}
