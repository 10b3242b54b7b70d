package dev.tactus.ledger.work;

import java.time.Instant;
import java.util.Optional;

/// How the pages of a run stand.
///
/// @param pages all of them
/// @param open those in which something is still to be fetched, now or later
/// @param claimed those that a worker has
/// @param nextDue when something is to be fetched in a page that nobody has; empty where there is nothing
public record PageCounts(long pages, long open, long claimed, Optional<Instant> nextDue) {}
