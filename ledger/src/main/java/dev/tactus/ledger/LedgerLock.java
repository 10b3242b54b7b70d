package dev.tactus.ledger;

/// The right to work on a ledger, held by one process at a time and released by the operating system however the
/// process ends.
public final class LedgerLock implements AutoCloseable {
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
