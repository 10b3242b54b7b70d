package dev.tactus.ledger.work;

import dev.tactus.ledger.catalog.PlanRange;

/// A part of a run's recordings that one worker at a time has claimed.
///
/// @param range which recordings, in the order of the run's items
/// @param attempts how often it was claimed
public record RunPage(String runId, long number, PlanRange range, long attempts) {}
