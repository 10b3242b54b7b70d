package dev.tactus.source.http;

/// Bounds the retries of all calls together: a free number, and a share of the first tries. Thread-safe.
public final class RetryBudget {

    private final double share;
    private final int free;
    private long firstTries;
    private long retries;

    public RetryBudget(double share, int free) {
        this.share = share;
        this.free = free;
    }

    public synchronized void firstTry() {
        firstTries++;
    }

    /// Takes one retry, if one is left.
    public synchronized boolean take() {
        if (retries >= free + share * firstTries) {
            return false;
        }
        retries++;
        return true;
    }
}
