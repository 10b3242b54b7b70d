package dev.tactus.ledger.runs;

/// How far a run has come.
public enum RunState {
    /// Fetching, or stopped while it did.
    RUNNING,
    /// Accounted for; its tables are being committed.
    PUBLISHING,
    /// Published, nothing left to do.
    FINISHED,
    /// Published without what is parked, which a continued run takes up again.
    INCOMPLETE,
    /// Stopped by an error; may be continued.
    FAILED,
    /// Given up for a new run of the same days; never continued.
    ABANDONED;

    /// Whether the same command continues this run in place of starting another.
    public boolean isUnfinished() {
        return this != FINISHED && this != ABANDONED;
    }
}
