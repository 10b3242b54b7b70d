package dev.tactus.lake.remote;

/// What a table was when Tactus changed it last, and what the server says it is now.
public record StateVerdict(TableState noted, TableState now) {
    /// Whether the server went back to an earlier state, or tells another snapshot than the one that was committed.
    public boolean isPutBack() {
        return now.changes() < noted.changes()
                || (now.changes() == noted.changes() && !now.head().equals(noted.head()));
    }

    /// Whether nobody has changed anything since.
    public boolean isSame() {
        return now.whole().equals(noted.whole());
    }
}
