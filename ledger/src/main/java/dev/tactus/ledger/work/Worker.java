package dev.tactus.ledger.work;

import java.time.Instant;

/// A process that works on runs.
///
/// @param number given to nobody else before or after
/// @param pid the process, on `host`
/// @param command what it was started to do
/// @param since when it began, by the database's clock, as is all else here
/// @param seenAt when it last said that it lives
/// @param pages how many pages it has claimed
public record Worker(
        long number, long pid, String host, String command, Instant since, Instant seenAt, long pages, String quota) {
    /// For a person.
    public String describe() {
        return "worker " + number + " (process " + pid + " on " + host + ", " + command + ")";
    }
}
