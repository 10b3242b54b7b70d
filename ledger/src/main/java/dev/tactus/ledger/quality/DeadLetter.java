package dev.tactus.ledger.quality;

import java.time.Instant;

/// Something a source sent that couldn't be used, and what became of it.
///
/// @param id short, the same for the same fault of the same run
public record DeadLetter(
        String id, NewDeadLetter letter, DeadLetterState state, Instant createdAt, Instant updatedAt) {}
