package dev.tactus.serve.schedule;

import java.time.Instant;
import java.util.Optional;

/// A start of a job, as it is kept.
///
/// @param reason why it was started then
/// @param exit of its command; empty while it runs, and where the process was killed
public record JobStart(
        long number,
        String job,
        Instant due,
        String reason,
        Instant started,
        Optional<Instant> ended,
        Optional<Long> exit,
        String message) {}
