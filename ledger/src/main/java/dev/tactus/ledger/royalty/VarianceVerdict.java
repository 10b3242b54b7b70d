package dev.tactus.ledger.royalty;

import java.util.Locale;

/// What a person thinks of a row whose two sides differ.
public enum VarianceVerdict {
    /// It is as it should be, or not worth a question.
    ACCEPTED,
    /// The sender is asked about it.
    DISPUTED;

    /// As commands and files say it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
