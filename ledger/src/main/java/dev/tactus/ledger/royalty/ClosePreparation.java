package dev.tactus.ledger.royalty;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// A close that somebody has prepared and that waits for a second person.
///
/// @param to the last day, which belongs to it
/// @param user of the operating system whose process prepared it
/// @param person whose token was presented
/// @param reason why it was accepted as incomplete; absent where it is complete
/// @param reconciliation the id of what was looked at
public record ClosePreparation(
        String source,
        LocalDate from,
        LocalDate to,
        String by,
        String user,
        Optional<String> person,
        Optional<String> reason,
        String reconciliation,
        Instant at) {}
