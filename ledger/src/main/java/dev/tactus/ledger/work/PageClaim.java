package dev.tactus.ledger.work;

/// What a worker has of a run.
///
/// @param worker its number
/// @param attempts the most that one of its pages was claimed, by whomever
public record PageClaim(long worker, long pages, long attempts) {}
