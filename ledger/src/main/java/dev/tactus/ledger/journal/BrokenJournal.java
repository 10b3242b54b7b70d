package dev.tactus.ledger.journal;

import org.jspecify.annotations.Nullable;

/// A part of the journal that can't be read.
public final class BrokenJournal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenJournal(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
