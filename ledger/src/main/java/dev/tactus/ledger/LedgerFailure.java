package dev.tactus.ledger;

/// Why the ledger, or another file of a kind, can't be used. The message is complete: what, where, what to do. Nothing
/// was half-written.
public abstract sealed class LedgerFailure extends RuntimeException
        permits LedgerFromNewerVersion, LedgerHeld, LedgerUnavailable, NotALedger {
    private static final long serialVersionUID = 1L;

    LedgerFailure(String message) {
        super(message);
    }

    LedgerFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
