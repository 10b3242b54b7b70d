package dev.tactus.ledger;

/// The machine does not let the ledger be read or written: disk full, folder not writable, file damaged, locked for
/// too long. What was committed before is kept, so a run can be continued once the cause is gone.
public final class LedgerUnavailable extends LedgerFailure {
    private static final long serialVersionUID = 1L;

    LedgerUnavailable(String message) {
        super(message);
    }

    LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
