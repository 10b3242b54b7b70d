package dev.tactus.ledger.journal;

import java.util.List;

/// What comparing the journal with the ledger came to.
///
/// @param wrong rows that one of them has and the other should have, a sentence each
/// @param since what has changed since the ledger was last copied, by a command that is at work or was cut off; nothing
///     of it can be compared
public record JournalVerdict(List<String> wrong, List<String> since) {
    public JournalVerdict {
        wrong = List.copyOf(wrong);
        since = List.copyOf(since);
    }
}
