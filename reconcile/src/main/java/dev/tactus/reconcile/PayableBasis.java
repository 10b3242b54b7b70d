package dev.tactus.reconcile;

import java.util.Locale;

/// Whose count is payable.
public enum PayableBasis {
    /// The sender's statement.
    REPORT,
    /// The API's count stands in until the statement is there: an analytics count is no statement.
    API;

    /// As it stands in tables and files.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
