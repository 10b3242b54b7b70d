package dev.tactus.source;

/// Bounds the retries of all requests together: a free number, and a share of the first tries. Thread-safe.
final class RetryBudget {
    private final double share;
    private final int free;
    private long firstTries;
    private long retries;

    RetryBudget(double share, int free) {
        this.share = share;
        this.free = free;
    }

    synchronized void firstTry() {
        firstTries++;
    }

    /// Takes one retry, if one is left.
    synchronized boolean take() {
        if (retries >= free + share * firstTries) {
            return false;
        }
        retries++;
        return true;
    }
}
