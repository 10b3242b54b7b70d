package dev.tactus.database;

import java.time.Instant;

/// Who holds the lock of a database.
///
/// @param pid the process, on `host`
/// @param command what it was started to do
public record LockHolder(long pid, String command, String host, Instant since) {}
